package io.salvor.server.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What `[upkeep]` in `config.toml` says.
///
/// @param checkEvery how often the whole store is read and checked; empty for only after a start
/// @param compressAfter when what an agent wrote is compressed, counted from its end
/// @param keepOutput how long what an agent wrote is kept, counted from its end
/// @param mostOutputBytes how much of it is kept in all; the oldest goes first
/// @param archiveAfter how old records are when they are packed; empty for never
/// @param saveWorkEvery how often uncommitted work of running agents is saved; empty for only at
///   their end
/// @param reserveBytes with less space on the home's disk, no attempt begins
public record UpkeepSettings(
    Optional<Duration> checkEvery,
    Duration compressAfter,
    Duration keepOutput,
    long mostOutputBytes,
    Optional<Duration> archiveAfter,
    Optional<Duration> saveWorkEvery,
    long reserveBytes) {
  static final List<String> KEYS =
      List.of(
          "check_every",
          "compress_after",
          "keep_output",
          "most_output",
          "archive_after",
          "save_work_every",
          "disk_reserve");

  private static final String OFF = "off";

  /// As it is without a file.
  static final UpkeepSettings DEFAULT =
      new UpkeepSettings(
          Optional.of(Duration.ofHours(24)),
          Duration.ofDays(1),
          Duration.ofDays(90),
          10L << 30,
          Optional.of(Duration.ofDays(30)),
          Optional.of(Duration.ofMinutes(5)),
          512L << 20);

  static UpkeepSettings of(Settings table) {
    return new UpkeepSettings(
        orOff(table, "check_every", DEFAULT.checkEvery()),
        table.duration("compress_after").orElse(DEFAULT.compressAfter()),
        table.duration("keep_output").orElse(DEFAULT.keepOutput()),
        table.bytes("most_output").orElse(DEFAULT.mostOutputBytes()),
        orOff(table, "archive_after", DEFAULT.archiveAfter()),
        orOff(table, "save_work_every", DEFAULT.saveWorkEvery()),
        table.bytes("disk_reserve").orElse(DEFAULT.reserveBytes()));
  }

  private static Optional<Duration> orOff(
      Settings table, String key, Optional<Duration> otherwise) {
    boolean off = table.text(key).filter(OFF::equals).isPresent();
    return off ? Optional.empty() : table.duration(key).or(() -> otherwise);
  }

  /// As it would be written.
  static String text(Optional<Duration> duration) {
    return duration.map(Durations::text).orElse(OFF);
  }
}
