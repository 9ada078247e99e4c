package io.salvor.git;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// One changer at a time per repository: threads by a lock in memory, processes by a locked file in
/// the repository.
///
/// Safe for use by many threads.
final class ProjectLocks {
  private static final String FILE = "salvor.lock";
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private final ConcurrentHashMap<Path, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Duration patience;

  /// @param patience how long to wait for another
  ProjectLocks(Duration patience) {
    this.patience = patience;
  }

  /// What is held until closed.
  interface Held extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /// Another held the repository for longer than our patience.
  static final class Busy extends IOException {
    private static final long serialVersionUID = 1L;

    Busy(Path commonDir) {
      super("another Salvor works in " + commonDir + " for too long");
    }
  }

  Held hold(Path commonDir) throws IOException {
    ReentrantLock lock = locks.computeIfAbsent(commonDir, _ -> new ReentrantLock());
    long giveUp = System.nanoTime() + patience.toNanos();
    try {
      if (!lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Busy(commonDir);
      }
      FileChannel file = locked(commonDir, lock, giveUp);
      return () -> {
        try (file) {
          // closing the file unlocks it
        } finally {
          lock.unlock();
        }
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + commonDir);
    }
  }

  private static FileChannel locked(Path commonDir, ReentrantLock lock, long giveUp)
      throws IOException, InterruptedException {
    FileChannel file = null;
    boolean good = false;
    try {
      file =
          FileChannel.open(
              commonDir.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      while (!tryLock(file)) {
        if (System.nanoTime() > giveUp) {
          throw new Busy(commonDir);
        }
        TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
      }
      good = true;
      return file;
    } finally {
      if (!good) {
        if (file != null) {
          file.close();
        }
        lock.unlock();
      }
    }
  }

  /// A file lock has no wait with an end, so one asks again.
  private static boolean tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }
}
