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
    all.add(
        of(
            "agent",
            context.surroundings().variable("SALVOR_AGENT").orElse("the server's choice"),
            Optional.empty(),
            "",
            "SALVOR_AGENT"));
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

  private static Setting setting(String key, String value, Source source, String where) {
    return Setting.newBuilder()
        .setKey(key)
        .setValue(value)
        .setSource(source)
        .setWhere(where)
        .build();
  }
}
