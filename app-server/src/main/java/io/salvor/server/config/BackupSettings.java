package io.salvor.server.config;

import io.salvor.domain.backup.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What `[backup]` in `config.toml` says.
///
/// @param directory where backups lie, outside the home; empty for the usual place
/// @param every how often one is made; empty for only when asked
/// @param retention which are kept
public record BackupSettings(
    Optional<String> directory, Optional<Duration> every, Retention retention) {
  static final List<String> KEYS =
      List.of("dir", "every", "keep_hourly", "keep_daily", "keep_weekly");

  private static final String OFF = "off";

  /// As it is without a file.
  static final BackupSettings DEFAULT =
      new BackupSettings(Optional.empty(), Optional.of(Duration.ofHours(1)), Retention.USUAL);

  static BackupSettings of(Settings table) {
    Optional<String> directory = table.text("dir");
    directory
        .filter(it -> !it.startsWith("/"))
        .ifPresent(_ -> {
          throw table.bad("dir", "an absolute path");
        });
    boolean off = table.text("every").filter(OFF::equals).isPresent();
    Retention usual = Retention.USUAL;
    return new BackupSettings(
        directory,
        off ? Optional.empty() : table.duration("every").or(DEFAULT::every),
        new Retention(
            table.count("keep_hourly").map(Math::toIntExact).orElse(usual.hourly()),
            table.count("keep_daily").map(Math::toIntExact).orElse(usual.daily()),
            table.count("keep_weekly").map(Math::toIntExact).orElse(usual.weekly())));
  }

  /// As it would be written.
  String everyText() {
    return every.map(Durations::text).orElse(OFF);
  }
}
