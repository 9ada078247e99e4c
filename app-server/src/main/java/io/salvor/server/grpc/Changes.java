package io.salvor.server.grpc;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes those who follow the log when it grows. They read what is new from the store by their own
/// cursors, so that nothing can be missed. Thread-safe.
public final class Changes {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private long durable;
  private boolean closed;

  /// The log is durable up to `seq`.
  public void published(long seq) {
    lock.lock();
    try {
      durable = Math.max(durable, seq);
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Nobody follows any longer: the server is to end.
  public void close() {
    lock.lock();
    try {
      closed = true;
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the log has grown beyond `seq`, at most for `patience`.
  ///
  /// @return up to where it is durable now
  /// @throws InterruptedException where the server is to end, too
  public long awaitBeyond(long seq, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (durable <= seq && left > 0 && !closed) {
        left = grown.awaitNanos(left);
      }
      if (closed) {
        throw new InterruptedException("the server is to end");
      }
      return durable;
    } finally {
      lock.unlock();
    }
  }

  /// As [Duration] for waits of streams: what is sent at least this often tells that the stream
  /// lives.
  static final Duration HEARTBEAT = Duration.of(10, TimeUnit.SECONDS.toChronoUnit());
}
