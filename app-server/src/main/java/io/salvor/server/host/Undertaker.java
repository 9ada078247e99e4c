package io.salvor.server.host;

import io.salvor.process.Orphans;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Buries what agents leave behind, where the server is the first process of its container and
/// nobody else does.
public final class Undertaker {
  private static final Logger log = LoggerFactory.getLogger(Undertaker.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Orphans orphans = new Orphans();

  private Undertaker() {}

  /// Begins, if it is needed; goes on until the process ends.
  public static void startWhereNeeded() {
    if (ProcessHandle.current().pid() != 1) {
      return;
    }
    var undertaker = new Undertaker();
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("undertaker").daemon().factory());
    var ignored =
        thread.scheduleWithFixedDelay(
            undertaker::runOnce, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    log.info("as the first process of its container, this server buries orphans");
  }

  private void runOnce() {
    try {
      long buried = orphans.bury();
      if (buried > 0) {
        log.debug("buried {} orphans", buried);
      }
    } catch (RuntimeException e) {
      log.warn("orphans stay for now", e);
    }
  }
}
