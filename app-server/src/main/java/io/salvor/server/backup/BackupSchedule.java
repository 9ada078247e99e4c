package io.salvor.server.backup;

import io.salvor.domain.instance.InstanceFact.Occasion;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a backup when a server has begun to answer, and every so often from then on.
public final class BackupSchedule {
  private static final Logger log = LoggerFactory.getLogger(BackupSchedule.class);

  private final Backups backups;
  private final Optional<Duration> every;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("backup").daemon().unstarted(this::run);

  /// @param every empty for never
  public BackupSchedule(Backups backups, Optional<Duration> every) {
    this.backups = backups;
    this.every = every;
  }

  /// Begins; returns at once.
  public void start() {
    if (every.isPresent()) {
      thread.start();
    }
  }

  private void run() {
    try {
      Occasion occasion = Occasion.START;
      do {
        attempt(occasion);
        occasion = Occasion.SCHEDULE;
      } while (!ended.await(every.orElseThrow().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      log.debug("no more backups are made");
    }
  }

  /// What nobody foresaw in one must not keep the next from being made.
  private void attempt(Occasion occasion) throws InterruptedException {
    try {
      backups.create(occasion);
    } catch (RuntimeException e) {
      log.error("a backup failed in a way that nobody foresaw", e);
    }
  }

  /// No more are begun; one that is being made is left unfinished, and is cleared away by the next.
  public void stop() {
    ended.countDown();
    thread.interrupt();
  }
}
