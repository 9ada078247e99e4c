package io.salvor.cli.session;

import io.salvor.v1.Setting;
import io.salvor.v1.Setting.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What this command itself goes by, and where that comes from.
public final class ClientSettings {
  private final Context context;

  public ClientSettings(Context context) {
    this.context = context;
  }

  /// All of them.
  public List<Setting> all() {
    List<Setting> all = new ArrayList<>();
    all.add(
        of(
            "home",
            context.home().directory().toString(),
            context.options().home.said(),
            "--home",
            "SALVOR_HOME"));
    all.add(
        of(
            "server",
            context.server().orElse("that of the home"),
            context.options().server.said(),
            "--server",
            "SALVOR_SERVER"));
    all.add(of("actor", context.actor(), Optional.empty(), "", "SALVOR_ACTOR"));
    all.add(agent());
    return all;
  }

  private Setting of(
      String key, String value, Optional<String> flag, String flagName, String variable) {
    if (flag.isPresent()) {
      return setting(key, value, Source.FLAG, flagName);
    }
    return context.surroundings().variable(variable).isPresent()
        ? setting(key, value, Source.ENVIRONMENT, variable)
        : setting(key, value, Source.DEFAULT, "");
  }

  private Setting agent() {
    Optional<String> named = context.surroundings().variable("SALVOR_AGENT");
    if (named.isPresent()) {
      return setting("agent", named.get(), Source.ENVIRONMENT, "SALVOR_AGENT");
    }
    Home home = context.home();
    Optional<String> configured = new Config(home.configFile()).text("agent");
    if (configured.isPresent()) {
      return setting("agent", configured.get(), Source.FILE, home.configFile().toString());
    }
    List<String> found = new AgentChoice(context).found();
    String value =
        found.size() == 1
            ? found.getFirst()
            : "to be named (found: " + String.join(", ", found) + ")";
    return setting("agent", value, Source.DEFAULT, "");
  }

  private static Setting setting(String key, String value, Source source, String where) {
    return Setting.newBuilder()
        .setKey(key)
        .setValue(value)
        .setSource(source)
        .setWhere(where)
        .build();
  }
}
