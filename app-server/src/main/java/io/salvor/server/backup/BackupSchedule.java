package io.salvor.server.backup;

import io.salvor.domain.instance.InstanceFact.Occasion;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a backup when a server has begun to answer, and every so often from then on. Where there
/// is nothing to back up yet, it looks again soon: what is recorded first shall not wait for a
/// whole round, since nothing can be written down between backups before there is one.
public final class BackupSchedule {
  private static final Logger log = LoggerFactory.getLogger(BackupSchedule.class);

  /// How long what is recorded first waits for its backup, at most.
  public static final Duration SOON = Duration.ofMinutes(1);

  private final Backups backups;
  private final Optional<Duration> every;
  private final Duration soon;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("backup").daemon().unstarted(this::run);

  /// @param every empty for never
  public BackupSchedule(Backups backups, Optional<Duration> every) {
    this(backups, every, SOON);
  }

  /// @param soon how often it looks while there is nothing to back up yet, at least
  BackupSchedule(Backups backups, Optional<Duration> every, Duration soon) {
    this.backups = backups;
    this.every = every;
    this.soon = soon;
  }

  /// Begins; returns at once.
  public void start() {
    if (every.isPresent()) {
      thread.start();
    }
  }

  private void run() {
    try {
      Duration usual = every.orElseThrow();
      Duration first = usual.compareTo(soon) < 0 ? usual : soon;
      Occasion occasion = Occasion.START;
      boolean empty;
      do {
        empty = foundNothing(occasion);
        occasion = Occasion.SCHEDULE;
      } while (!ended.await((empty ? first : usual).toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      log.debug("no more backups are made");
    }
  }

  /// What nobody foresaw in one must not keep the next from being made.
  private boolean foundNothing(Occasion occasion) throws InterruptedException {
    try {
      return backups.create(occasion) instanceof Backups.Outcome.Unchanged(var last)
          && last.isEmpty();
    } catch (RuntimeException e) {
      log.error("a backup failed in a way that nobody foresaw", e);
      return false;
    }
  }

  /// No more are begun; one that is being made is left unfinished, and is cleared away by the next.
  public void stop() {
    ended.countDown();
    thread.interrupt();
  }
}
