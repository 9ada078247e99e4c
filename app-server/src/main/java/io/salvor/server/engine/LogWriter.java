package io.salvor.server.engine;

import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.domain.journal.RecordLog;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Consumer;

/// Writes one batch of decisions at a time, so that the loop can decide about the next batch
/// meanwhile.
final class LogWriter implements Runnable {
  private final RecordLog log;
  private final Consumer<Written> done;
  private final SynchronousQueue<List<Decision>> handOver = new SynchronousQueue<>();

  /// @param done told of every batch, on the writer's thread
  LogWriter(RecordLog log, Consumer<Written> done) {
    this.log = log;
    this.done = done;
  }

  /// What became of a batch.
  sealed interface Written {
    /// Durable up to and including this seq.
    record Durable(long seq) implements Written {}

    /// Not in the log.
    record Failed(LogUnavailable cause) implements Written {}

    /// The log does not take what the engine decided: a bug, after which nothing may go on.
    record Broken(Throwable cause) implements Written {}
  }

  /// Hands over a batch; waits for the writer to take it, which it does at once when it is idle.
  void write(List<Decision> batch) throws InterruptedException {
    handOver.put(batch);
  }

  @Override
  public void run() {
    try {
      while (true) {
        List<Decision> batch = handOver.take();
        done.accept(append(batch));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Written append(List<Decision> batch) {
    try {
      log.appendDurably(batch);
      return new Written.Durable(batch.getLast().lastSeq());
    } catch (LogUnavailable e) {
      return new Written.Failed(e);
    } catch (RuntimeException | Error e) {
      return new Written.Broken(e);
    }
  }
}
