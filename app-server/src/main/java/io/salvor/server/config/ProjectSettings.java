package io.salvor.server.config;

import io.salvor.server.config.ServerConfig.BadConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// What a project wants done in each new workspace.
///
/// @param copy files copied from the main checkout
/// @param setup commands run before the agent
/// @param setupLimit time for each of them
/// @param gates commands that must pass before a review
public record ProjectSettings(
    List<String> copy, List<String> setup, Duration setupLimit, List<String> gates) {
  /// Nothing.
  public static final ProjectSettings NONE =
      new ProjectSettings(List.of(), List.of(), Duration.ofMinutes(5), List.of());

  private static final List<String> KEYS = List.of("copy", "setup", "setup_limit", "gates");

  public ProjectSettings {
    copy = List.copyOf(copy);
    setup = List.copyOf(setup);
    gates = List.copyOf(gates);
  }

  /// Reads a table of settings.
  ///
  /// @throws BadConfig where it says something that cannot be meant
  static ProjectSettings of(JsonNode node) {
    var unknown = new TreeSet<>(node.propertyNames());
    KEYS.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new BadConfig("a project has no settings " + unknown + "; there are " + KEYS);
    }
    return new ProjectSettings(
        strings(node, "copy"),
        strings(node, "setup"),
        node.has("setup_limit")
            ? Durations.parse(node.path("setup_limit").asString())
            : NONE.setupLimit(),
        strings(node, "gates"));
  }

  private static List<String> strings(JsonNode node, String key) {
    var strings = new ArrayList<String>();
    JsonNode list = node.path(key);
    if (!list.isMissingNode() && !list.isArray()) {
      throw new BadConfig(key + " is a list of texts, such as " + key + " = [\"...\"]");
    }
    list.forEach(it -> strings.add(it.asString()));
    return strings;
  }
}
