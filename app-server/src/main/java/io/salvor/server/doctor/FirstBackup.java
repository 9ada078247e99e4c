package io.salvor.server.doctor;

import io.salvor.server.backup.BackupSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// How it stands where there is something to back up, and no backup yet.
///
/// @param since when the first thing was recorded
/// @param every how often one is made; empty for only when asked
/// @param server when the server that runs began; empty where none does
/// @param underWay whether one is being made
record FirstBackup(
    Instant since,
    Optional<Duration> every,
    Optional<Instant> server,
    boolean underWay,
    Instant now) {
  /// What a backup may take before it is missed.
  private static final Duration GRACE = Duration.ofMinutes(10);

  private static final String NONE = "there is no verified backup";
  private static final String MAKE = "salvor backup create";

  Result judge() {
    if (every.isEmpty()) {
      return Result.fail(
          NONE + ", and none is made by itself", MAKE + "  (and backup.every in config.toml)");
    }
    if (underWay && server.isPresent()) {
      return Result.warn("the first backup is being made", "salvor backup list  (shows it then)");
    }
    boolean overdue = due(since).plus(GRACE).isBefore(now);
    if (server.isEmpty()) {
      String next = "salvor serve  (makes one)";
      return overdue
          ? Result.fail(NONE, next)
          : Result.warn(NONE + " yet; one is made when a server starts", next);
    }
    return overdue
        ? Result.fail(NONE, MAKE)
        : Result.warn(
            NONE + " yet; the first is due at " + due(later(since, server.get())),
            MAKE + "  (makes it now)");
  }

  /// What is recorded first is backed up soon, whatever the usual distance.
  private Instant due(Instant from) {
    Duration soon =
        every.filter(it -> it.compareTo(BackupSchedule.SOON) < 0).orElse(BackupSchedule.SOON);
    return from.plus(soon).truncatedTo(ChronoUnit.SECONDS);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
