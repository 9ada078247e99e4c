package io.salvor.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.server.config.Setting.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EffectiveSettingsTest {
  @TempDir Path directory;

  private List<String> shown(String toml, Map<String, String> flags) throws IOException {
    Path file = directory.resolve("config.toml");
    if (!toml.isEmpty()) {
      Files.writeString(file, toml);
    }
    ServerConfig config =
        ServerConfig.read(file)
            .listening(
                Optional.ofNullable(flags.get("listen")), Optional.ofNullable(flags.get("http")));
    return EffectiveSettings.of(config, file, flags, Map.of("SALVOR_BACKUPS", "/b")).stream()
        .map(it -> it.key() + "=" + it.value() + " " + it.source())
        .toList();
  }

  @Test
  void without_a_file_all_is_as_documented() throws IOException {
    assertThat(shown("", Map.of()))
        .containsExactly(
            "agent=the only one that is installed DEFAULT",
            "max_concurrent=4 DEFAULT",
            "listen=127.0.0.1:9100 DEFAULT",
            "http=127.0.0.1:9180 DEFAULT",
            "limits.deadline=1h DEFAULT",
            "limits.silence=10m DEFAULT",
            "limits.first_event=2m DEFAULT",
            "limits.result_grace=30s DEFAULT",
            "limits.usd=5.00 DEFAULT",
            "recovery.mode=advise DEFAULT",
            "recovery.max_retries=3 DEFAULT",
            "recovery.gate_repairs=2 DEFAULT",
            "recovery.loop_window=10 DEFAULT",
            "recovery.spiral=30 DEFAULT",
            "recovery.retry_wait=10s DEFAULT",
            "recovery.retry_wait_most=5m DEFAULT",
            "breaker.failures=5 DEFAULT",
            "breaker.window=10m DEFAULT",
            "breaker.cool_down=1m DEFAULT",
            "breaker.cool_down_most=15m DEFAULT",
            "limits.output=1GiB DEFAULT",
            "memory.healthy=4GiB DEFAULT",
            "memory.critical=2GiB DEFAULT",
            "environment.pass=[] DEFAULT",
            "backup.dir=/b ENVIRONMENT",
            "backup.every=1h DEFAULT",
            "backup.segments=1m DEFAULT",
            "backup.keep_hourly=24 DEFAULT",
            "backup.keep_daily=14 DEFAULT",
            "backup.keep_weekly=8 DEFAULT",
            "notices.severity=warning DEFAULT",
            "notices.per=task DEFAULT",
            "notices.window=10m DEFAULT",
            "notices.desktop=false DEFAULT",
            "notices.webhook.url=none DEFAULT",
            "notices.command.run=none DEFAULT",
            "upkeep.check_every=24h DEFAULT",
            "upkeep.compress_after=24h DEFAULT",
            "upkeep.keep_output=90d DEFAULT",
            "upkeep.most_output=10GiB DEFAULT",
            "upkeep.archive_after=30d DEFAULT",
            "upkeep.save_work_every=5m DEFAULT",
            "upkeep.disk_reserve=512MiB DEFAULT");
  }

  @Test
  void a_flag_comes_before_the_file_and_the_file_before_the_default() throws IOException {
    String toml =
        """
        agent = "claude"
        max_concurrent = 2
        listen = "127.0.0.1:1"
        [limits]
        deadline = "90m"
        usd = "2.5"
        [environment]
        pass = ["A", "B_*"]
        [projects."/home/ann/shop"]
        gates = ["npm test"]
        """;
    assertThat(shown(toml, Map.of("listen", "127.0.0.1:2")))
        .contains(
            "max_concurrent=2 FILE",
            "listen=127.0.0.1:2 FLAG",
            "http=127.0.0.1:9180 DEFAULT",
            "limits.deadline=1h30m FILE",
            "limits.silence=10m DEFAULT",
            "limits.usd=2.50 FILE",
            "environment.pass=[A, B_*] FILE",
            "projects.\"/home/ann/shop\".gates=[npm test] FILE",
            "agent=claude FILE");
  }

  @Test
  void every_key_that_has_a_source_names_it() throws IOException {
    Path file = Files.writeString(directory.resolve("config.toml"), "max_concurrent = 1\n");
    assertThat(
            EffectiveSettings.of(
                ServerConfig.read(file), file, Map.of("http", "x"), Map.of("SALVOR_BACKUPS", "/b")))
        .allSatisfy(it ->
            assertThat(it.where())
                .isEqualTo(
                    switch (it.source()) {
                      case FLAG -> "--" + it.key();
                      case FILE -> file.toString();
                      case ENVIRONMENT -> "SALVOR_BACKUPS";
                      case DEFAULT -> "";
                    }))
        .map(Setting::source)
        .contains(Source.FLAG, Source.FILE, Source.DEFAULT);
  }
}
