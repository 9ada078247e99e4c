package io.salvor.server.config;

import io.salvor.domain.backup.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What `[backup]` in `config.toml` says.
///
/// @param directory where backups lie, outside the home; empty for the usual place
/// @param every how often one is made; empty for only when asked
/// @param segments how often what was recorded since is written down; empty for never
/// @param retention which are kept
public record BackupSettings(
    Optional<String> directory,
    Optional<Duration> every,
    Optional<Duration> segments,
    Retention retention) {
  static final List<String> KEYS =
      List.of("dir", "every", "segments", "keep_hourly", "keep_daily", "keep_weekly");

  private static final String OFF = "off";

  /// As it is without a file.
  static final BackupSettings DEFAULT =
      new BackupSettings(Optional.empty(), Optional.of(Duration.ofHours(1)), Optional.of(Duration.ofMinutes(1)), Retention.USUAL);

  static BackupSettings of(Settings table) {
    Optional<String> directory = table.text("dir");
    directory
        .filter(it -> !it.startsWith("/"))
        .ifPresent(_ -> {
          throw table.bad("dir", "an absolute path");
        });
    Retention usual = Retention.USUAL;
    return new BackupSettings(
        directory,
        often(table, "every", DEFAULT.every()),
        often(table, "segments", DEFAULT.segments()),
        new Retention(
            table.count("keep_hourly").map(Math::toIntExact).orElse(usual.hourly()),
            table.count("keep_daily").map(Math::toIntExact).orElse(usual.daily()),
            table.count("keep_weekly").map(Math::toIntExact).orElse(usual.weekly())));
  }

  private static Optional<Duration> often(
      Settings table, String key, Optional<Duration> usual) {
    boolean off = table.text(key).filter(OFF::equals).isPresent();
    return off ? Optional.empty() : table.duration(key).or(() -> usual);
  }

  /// As it would be written.
  static String text(Optional<Duration> often) {
    return often.map(Durations::text).orElse(OFF);
  }
}
