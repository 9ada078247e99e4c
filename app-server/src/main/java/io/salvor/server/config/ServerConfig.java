package io.salvor.server.config;

import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// What `config.toml` in the home says; what it leaves out is as the documentation says.
///
/// @param maxConcurrent attempts that may be open at once
/// @param listen `HOST:PORT` of gRPC over TCP; port 0 means any free one
/// @param http `HOST:PORT` of health over HTTP
/// @param limits of tasks that bring none of their own
/// @param passEnvironment names of variables that agents get besides those that they always get
/// @param projects by the absolute path of their root
public record ServerConfig(
    int maxConcurrent,
    String listen,
    String http,
    Limits limits,
    List<String> passEnvironment,
    Map<String, ProjectSettings> projects) {

  /// As it is without a file.
  public static final ServerConfig DEFAULT =
      new ServerConfig(4, "127.0.0.1:9100", "127.0.0.1:9180", Limits.DEFAULT, List.of(), Map.of());

  private static final List<String> KEYS =
      List.of("max_concurrent", "listen", "http", "limits", "environment", "projects", "agent");

  /// The same, listening elsewhere where asked to.
  public ServerConfig listening(Optional<String> otherListen, Optional<String> otherHttp) {
    return new ServerConfig(
        maxConcurrent,
        otherListen.orElse(listen),
        otherHttp.orElse(http),
        limits,
        passEnvironment,
        projects);
  }

  /// Reads the file, if there is one.
  ///
  /// @throws BadConfig where it says something that cannot be meant
  public static ServerConfig read(Path file) {
    if (!Files.exists(file)) {
      return DEFAULT;
    }
    try {
      return of(new TomlMapper().readTree(Files.readString(file)));
    } catch (IOException | JacksonException e) {
      throw new BadConfig(file + ": " + e.getMessage());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new BadConfig(file + ": " + e.getMessage());
    }
  }

  private static ServerConfig of(JsonNode file) {
    var unknown = new TreeSet<>(file.propertyNames());
    KEYS.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new BadConfig("unknown settings " + unknown + "; there are " + KEYS);
    }
    int concurrent = file.path("max_concurrent").asInt(DEFAULT.maxConcurrent());
    if (concurrent < 1) {
      throw new BadConfig("max_concurrent must be at least 1, not " + concurrent);
    }
    return new ServerConfig(
        concurrent,
        file.path("listen").asString(DEFAULT.listen()),
        file.path("http").asString(DEFAULT.http()),
        limits(file.path("limits")),
        strings(file.path("environment").path("pass")),
        projects(file.path("projects")));
  }

  private static Limits limits(JsonNode node) {
    Limits usual = Limits.DEFAULT;
    return new Limits(
        duration(node, "deadline", usual.deadline()),
        duration(node, "silence", usual.silence()),
        duration(node, "first_event", usual.firstEvent()),
        duration(node, "result_grace", usual.resultGrace()),
        node.has("usd") ? Optional.of(micros(node.path("usd").asString())) : usual.cost(),
        usual.tokens(),
        usual.turns());
  }

  private static MicroUsd micros(String dollars) {
    return new MicroUsd(new BigDecimal(dollars).movePointRight(6).longValueExact());
  }

  private static Duration duration(JsonNode node, String key, Duration usual) {
    return node.has(key) ? Durations.parse(node.path(key).asString()) : usual;
  }

  private static Map<String, ProjectSettings> projects(JsonNode node) {
    var projects = new TreeMap<String, ProjectSettings>();
    for (String root : node.propertyNames()) {
      projects.put(root, ProjectSettings.of(node.path(root)));
    }
    return projects;
  }

  private static List<String> strings(JsonNode node) {
    var strings = new ArrayList<String>();
    node.forEach(it -> strings.add(it.asString()));
    return strings;
  }

  /// A configuration that cannot be meant; the message names file, setting and what would do.
  public static final class BadConfig extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadConfig(String message) {
      super(message);
    }
  }
}
