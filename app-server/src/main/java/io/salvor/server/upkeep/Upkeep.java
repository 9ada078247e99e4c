package io.salvor.server.upkeep;

import io.salvor.domain.journal.LogUnavailable;
import io.salvor.sqlite.FreePages;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All of it together, and what it means for the server. Thread-safe.
public final class Upkeep {
  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration BREATH = Duration.ofMillis(50);

  private final StoreWatch store;
  private final DiskWatch disk;
  private final RecorderKeeping recorders;
  private final Archiving archiving;
  private final FreePages freePages;
  private final InstantSource clock;
  private final Optional<String> atStart;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("upkeep").daemon().unstarted(this::run);

  /// @param atStart what was seen to be wrong when the server started
  public Upkeep(
      StoreWatch store,
      DiskWatch disk,
      RecorderKeeping recorders,
      Archiving archiving,
      FreePages freePages,
      InstantSource clock,
      Optional<String> atStart) {
    this.store = store;
    this.disk = disk;
    this.recorders = recorders;
    this.archiving = archiving;
    this.freePages = freePages;
    this.clock = clock;
    this.atStart = atStart;
  }

  /// Begins; returns at once.
  public void start() {
    store.start();
    thread.start();
  }

  /// Begins nothing more.
  public void stop() {
    store.stop();
    ended.countDown();
    thread.interrupt();
  }

  private void run() {
    try {
      do {
        clearAway();
        portionwise(() -> archiving.runOnce(clock.instant()));
        portionwise(this::giveBack);
      } while (!ended.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      log.debug("nothing is cleared away any more");
    }
  }

  private void clearAway() {
    try {
      recorders.runOnce(clock.instant());
    } catch (IOException | RuntimeException e) {
      log.error("what agents wrote could not be cleared away", e);
    }
  }

  /// Between two portions whoever appends has its turn.
  ///
  /// @param portion whether there is another one after it
  private void portionwise(BooleanSupplier portion) throws InterruptedException {
    try {
      boolean more = portion.getAsBoolean();
      while (more && !ended.await(BREATH.toMillis(), TimeUnit.MILLISECONDS)) {
        more = portion.getAsBoolean();
      }
    } catch (RuntimeException e) {
      if (ended.getCount() > 0) { // else the store was closed meanwhile
        log.error("the store could not be made smaller", e);
      }
    }
  }

  private boolean giveBack() {
    try {
      return freePages.giveBack();
    } catch (LogUnavailable e) {
      log.warn("the store's free pages stay for now: {}", e.getMessage());
      return false;
    }
  }

  /// The store, looked after.
  public StoreWatch store() {
    return store;
  }

  /// Looks at the disk; to be called every so often.
  ///
  /// @return why no attempt may begin now, with what mends it; empty where one may
  public Optional<String> trouble() {
    Optional<String> shortage = disk.runOnce();
    return store.damage().or(() -> shortage);
  }

  /// What people should know, one sentence each.
  public List<String> remarks() {
    return Stream.of(store.damage(), disk.shortage(), store.remark(), atStart)
        .flatMap(Optional::stream)
        .toList();
  }
}
