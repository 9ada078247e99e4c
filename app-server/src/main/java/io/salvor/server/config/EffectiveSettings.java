package io.salvor.server.config;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.server.config.Setting.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// All that a server goes by, as it is shown to people.
public final class EffectiveSettings {
  /// Values that only the server that reads them should see.
  private static final String HIDDEN = "(set)";

  private static final Map<String, Function<ServerConfig, String>> KEYS = keys();

  private static final Map<String, String> VARIABLES = Map.of("backup.dir", "SALVOR_BACKUPS");

  private EffectiveSettings() {}

  private static Map<String, Function<ServerConfig, String>> keys() {
    var keys = new LinkedHashMap<String, Function<ServerConfig, String>>();
    keys.put("agent", it -> it.agents().chosen().orElse("the only one that is installed"));
    keys.put("max_concurrent", it -> Integer.toString(it.maxConcurrent()));
    keys.put("listen", ServerConfig::listen);
    keys.put("http", ServerConfig::http);
    keys.put("limits.deadline", it -> text(it.limits().deadline()));
    keys.put("limits.silence", it -> text(it.limits().silence()));
    keys.put("limits.first_event", it -> text(it.limits().firstEvent()));
    keys.put("limits.result_grace", it -> text(it.limits().resultGrace()));
    keys.put("limits.usd", it -> it.limits().cost().map(MicroUsd::dollars).orElse("none"));
    keys.put("recovery.mode", it -> it.recovery().mode().name().toLowerCase(Locale.ROOT));
    keys.put("recovery.max_retries", it -> Integer.toString(it.recovery().maxRetries()));
    keys.put("recovery.gate_repairs", it -> Integer.toString(it.recovery().gateRepairs()));
    keys.put("recovery.loop_window", it -> Integer.toString(it.recovery().loopWindow()));
    keys.put("recovery.spiral", it -> Integer.toString(it.recovery().spiral()));
    keys.put("recovery.retry_wait", it -> text(it.recovery().waits().first()));
    keys.put("recovery.retry_wait_most", it -> text(it.recovery().waits().most()));
    keys.put("breaker.failures", it -> Integer.toString(it.breaker().failures()));
    keys.put("breaker.window", it -> text(it.breaker().window()));
    keys.put("breaker.cool_down", it -> text(it.breaker().coolDown()));
    keys.put("breaker.cool_down_most", it -> text(it.breaker().coolDownMost()));
    keys.put("limits.output", it -> Sizes.text(it.limits().outputBytes()));
    keys.put("memory.healthy", it -> Sizes.text(it.memory().healthyFromBytes()));
    keys.put("memory.critical", it -> Sizes.text(it.memory().criticalBelowBytes()));
    keys.put("environment.pass", it -> "[" + String.join(", ", it.passEnvironment()) + "]");
    keys.put("backup.dir", it -> it.backup().directory().orElse("among the user's data"));
    keys.put("backup.every", it -> BackupSettings.text(it.backup().every()));
    keys.put("backup.segments", it -> BackupSettings.text(it.backup().segments()));
    keys.put("backup.keep_hourly", it -> Integer.toString(it.backup().retention().hourly()));
    keys.put("backup.keep_daily", it -> Integer.toString(it.backup().retention().daily()));
    keys.put("backup.keep_weekly", it -> Integer.toString(it.backup().retention().weekly()));
    keys.put("notices.severity", it -> label(it.notices().severity()));
    keys.put("notices.per", it -> label(it.notices().per()));
    keys.put("notices.window", it -> text(it.notices().window()));
    keys.put("notices.desktop", it -> Boolean.toString(it.notices().desktop()));
    keys.put("notices.webhook.url", it -> it.notices().webhook().map(_ -> HIDDEN).orElse("none"));
    keys.put(
        "notices.command.run",
        it ->
            it.notices()
                .command()
                .map(hook -> "[" + String.join(", ", hook.run()) + "]")
                .orElse("none"));
    keys.put("upkeep.check_every", it -> UpkeepSettings.text(it.upkeep().checkEvery()));
    keys.put("upkeep.compress_after", it -> text(it.upkeep().compressAfter()));
    keys.put("upkeep.keep_output", it -> text(it.upkeep().keepOutput()));
    keys.put("upkeep.most_output", it -> Sizes.text(it.upkeep().mostOutputBytes()));
    keys.put("upkeep.archive_after", it -> UpkeepSettings.text(it.upkeep().archiveAfter()));
    keys.put("upkeep.save_work_every", it -> UpkeepSettings.text(it.upkeep().saveWorkEvery()));
    keys.put("upkeep.disk_reserve", it -> Sizes.text(it.upkeep().reserveBytes()));
    return keys;
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /// Those of this configuration, which was read from this file and from flags.
  ///
  /// @param flags values by key, where a flag named them
  /// @param environment the server's
  public static List<Setting> of(
      ServerConfig config, Path file, Map<String, String> flags, Map<String, String> environment)
      throws IOException {
    Map<String, String> said = said(file);
    List<Setting> settings = new ArrayList<>();
    KEYS.forEach((key, value) -> {
      if (flags.containsKey(key)) {
        settings.add(new Setting(key, value.apply(config), Source.FLAG, "--" + key));
      } else if (environment.containsKey(VARIABLES.getOrDefault(key, ""))) {
        String variable = VARIABLES.getOrDefault(key, "");
        settings.add(
            new Setting(key, environment.getOrDefault(variable, ""), Source.ENVIRONMENT, variable));
      } else if (said.containsKey(key)) {
        settings.add(new Setting(key, value.apply(config), Source.FILE, file.toString()));
      } else {
        settings.add(new Setting(key, value.apply(config), Source.DEFAULT, ""));
      }
    });
    said.forEach((key, value) -> {
      if (!KEYS.containsKey(key)) {
        settings.add(new Setting(key, value, Source.FILE, file.toString()));
      }
    });
    return List.copyOf(settings);
  }

  /// What the file says, by key.
  private static Map<String, String> said(Path file) throws IOException {
    var said = new LinkedHashMap<String, String>();
    if (Files.exists(file)) {
      collect("", new TomlMapper().readTree(Files.readString(file)), said);
    }
    return said;
  }

  private static void collect(String key, JsonNode node, Map<String, String> said) {
    if (node.isObject()) {
      for (String name : node.propertyNames()) {
        String part = name.matches("[A-Za-z0-9_-]+") ? name : '"' + name + '"';
        collect(key.isEmpty() ? part : key + "." + part, node.path(name), said);
      }
    } else {
      boolean secret = key.matches(".*\\.env(ironment)?\\..*");
      said.put(key, secret ? HIDDEN : written(node));
    }
  }

  private static String written(JsonNode node) {
    return node.isArray()
        ? node.valueStream()
            .map(EffectiveSettings::written)
            .collect(Collectors.joining(", ", "[", "]"))
        : node.asString();
  }

  private static String text(Duration duration) {
    return Durations.text(duration);
  }
}
