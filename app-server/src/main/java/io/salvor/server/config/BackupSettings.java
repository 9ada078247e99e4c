package io.salvor.server.config;

import io.salvor.domain.backup.Retention;
import io.salvor.offhost.RemoteAddress;
import io.salvor.offhost.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `[backup]` in `config.toml` says.
///
/// @param directory where backups lie, outside the home; empty for the usual place
/// @param every how often one is made; empty for only when asked
/// @param segments how often what was recorded since is written down; empty for never
/// @param retention which are kept
/// @param targets where else they lie, by name
/// @param passphrase seals secrets; empty where they are not covered
public record BackupSettings(
    Optional<String> directory,
    Optional<Duration> every,
    Optional<Duration> segments,
    Retention retention,
    Map<String, RemoteAddress> targets,
    Optional<Secret> passphrase) {
  static final List<String> KEYS =
      List.of(
          "dir",
          "every",
          "segments",
          "keep_hourly",
          "keep_daily",
          "keep_weekly",
          "targets",
          "passphrase_file");

  /// Where the passphrase is looked for when no file is named.
  public static final String PASSPHRASE = "SALVOR_BACKUP_PASSPHRASE";

  private static final String OFF = "off";

  /// As it is without a file.
  public static final BackupSettings DEFAULT =
      new BackupSettings(
          Optional.empty(),
          Optional.of(Duration.ofHours(1)),
          Optional.of(Duration.ofMinutes(1)),
          Retention.USUAL,
          Map.of(),
          Optional.empty());

  /// @param secrets folder of the home's secrets
  static BackupSettings of(Settings table, Path secrets) {
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
            table.count("keep_weekly").map(Math::toIntExact).orElse(usual.weekly())),
        TargetSettings.of(table, secrets),
        table.text("passphrase_file").map(it -> new Secret.File(secrets.resolve(it))));
  }

  private static Optional<Duration> often(Settings table, String key, Optional<Duration> usual) {
    boolean off = table.text(key).filter(OFF::equals).isPresent();
    return off ? Optional.empty() : table.duration(key).or(() -> usual);
  }

  /// The same with another passphrase.
  public BackupSettings withPassphrase(Secret other) {
    return new BackupSettings(directory, every, segments, retention, targets, Optional.of(other));
  }

  /// As it would be written.
  static String text(Optional<Duration> often) {
    return often.map(Durations::text).orElse(OFF);
  }
}
