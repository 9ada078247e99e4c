package io.salvor.it.harness;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Starts another server whenever the one on the bench is gone, until it is closed.
public final class Keeper implements AutoCloseable {
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Bench bench;
  private final Thread thread;
  private volatile boolean over;
  private final AtomicInteger restarts = new AtomicInteger();

  private Keeper(Bench bench) {
    this.bench = bench;
    this.thread = Thread.ofPlatform().name("keeper").unstarted(this::keep);
  }

  /// Begins.
  public static Keeper of(Bench bench) {
    var keeper = new Keeper(bench);
    keeper.thread.start();
    return keeper;
  }

  /// How often it had to.
  public int restarts() {
    return restarts.get();
  }

  private void keep() {
    while (!over) {
      if (!bench.server().alive()) {
        bench.start();
        restarts.incrementAndGet();
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
