package io.salvor.server.config;

import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.process.AgentExtras;
import io.salvor.process.protocol.PriceList;
import io.salvor.process.protocol.PriceList.Price;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// `[agents.NAME]`: what is set for one agent; what it leaves out is as it is built in.
///
/// @param command program and fixed arguments
/// @param fallbackModel taken where the model is overloaded or not to be had
/// @param attach whether each attempt has a window of tmux that shows it
/// @param environment variables that it gets with these values
/// @param pass names of the server's variables that it gets
/// @param prices in front of those that hold for all
record AgentSettings(
    Optional<Protocol> protocol,
    List<String> command,
    Optional<PermissionProfile> profile,
    Optional<String> model,
    Optional<String> fallbackModel,
    Optional<Boolean> attach,
    Map<String, String> environment,
    List<String> pass,
    LimitSettings limits,
    Map<String, Price> prices) {
  private static final List<String> KEYS =
      QuotaSettings.withSlots(
          List.of(
              "protocol",
              "command",
              "profile",
              "model",
              "fallback_model",
              "attach",
              "environment",
              "pass",
              "limits",
              "prices"));

  AgentSettings {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    pass = List.copyOf(pass);
  }

  /// The tables in the table `agents` as they are, by the agents' names.
  static SortedMap<String, Settings> tables(Settings file) {
    return new TreeMap<>(file.tables("agents", KEYS));
  }

  /// The tables in the table `agents`, by the agents' names.
  static Map<String, AgentSettings> of(Settings file) {
    var agents = new LinkedHashMap<String, AgentSettings>();
    file.tables("agents", KEYS)
        .forEach((name, table) -> {
          if (!name.matches("[a-z0-9][a-z0-9._-]{0,62}")) {
            throw new IllegalArgumentException(
                "agents.\""
                    + name
                    + "\" is no name for an agent; a-z, 0-9, '.', '_' and '-' will do");
          }
          AgentSettings settings = read(table);
          if (!AgentBook.isBuiltIn(name)) {
            check(name, table, settings);
          }
          agents.put(name, settings);
        });
    return agents;
  }

  private static AgentSettings read(Settings table) {
    return new AgentSettings(
        table.oneOf("protocol", Protocol.class),
        table.has("command") ? command(table) : List.of(),
        table.oneOf("profile", PermissionProfile.class),
        table.text("model"),
        table.text("fallback_model"),
        table.flag("attach"),
        table.variables("environment"),
        table.texts("pass"),
        LimitSettings.of(table.table("limits", LimitSettings.KEYS)),
        PriceSettings.of(table));
  }

  private static List<String> command(Settings table) {
    List<String> command = table.texts("command");
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw table.bad("command", "a program and its arguments: [\"claude\"]");
    }
    return command;
  }

  private static void check(String name, Settings table, AgentSettings settings) {
    if (settings.protocol.isEmpty()) {
      throw new IllegalArgumentException(
          "agents."
              + name
              + " needs a protocol: protocol = \"claude\", or "
              + AgentBook.protocols());
    }
    if (settings.protocol.get() == Protocol.COMMAND && settings.command.isEmpty()) {
      throw table.bad("command", "there: the program to run, [\"sh\", \"-c\", \"...\"]");
    }
  }

  /// What the process adapter needs to know beside the recipe.
  AgentExtras extras(PriceList usual) {
    return new AgentExtras(environment, pass, usual.with(prices));
  }
}
