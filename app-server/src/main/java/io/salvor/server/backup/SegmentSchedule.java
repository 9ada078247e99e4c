package io.salvor.server.backup;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down what was recorded every so often, and once more at an orderly end.
public final class SegmentSchedule {
  private static final Logger log = LoggerFactory.getLogger(SegmentSchedule.class);

  private final Shipper shipper;
  private final Optional<Duration> every;
  private final Runnable shipped;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("segments").daemon().unstarted(this::run);

  /// @param every empty for never
  /// @param shipped told where there are more of them
  public SegmentSchedule(Shipper shipper, Optional<Duration> every, Runnable shipped) {
    this.shipper = shipper;
    this.every = every;
    this.shipped = shipped;
  }

  /// Begins; returns at once.
  public void start() {
    if (every.isPresent()) {
      thread.start();
    }
  }

  private void run() {
    try {
      while (!ended.await(every.orElseThrow().toMillis(), TimeUnit.MILLISECONDS)) {
        ship();
      }
    } catch (InterruptedException e) {
      log.debug("no more segments are written");
    }
  }

  /// What nobody foresaw in one must not keep the next from being written.
  private void ship() {
    try {
      if (shipper.ship() > 0) {
        shipped.run();
      }
    } catch (RuntimeException e) {
      log.error("a segment failed in a way that nobody foresaw", e);
    }
  }

  /// No more are begun, but the one with what was recorded last. To be called when nothing is
  /// recorded any more, and before the store is closed.
  public void stop() throws InterruptedException {
    boolean begun = thread.isAlive();
    ended.countDown();
    if (begun) {
      thread.join();
      ship();
    }
  }
}
