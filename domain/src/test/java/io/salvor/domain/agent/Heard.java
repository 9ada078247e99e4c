package io.salvor.domain.agent;

import io.salvor.domain.time.Now;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/// An observer that keeps what it hears and checks that nothing was lost or doubled on the way.
/// Safe for use by many threads.
public final class Heard implements AgentProcesses.Observer {
  private final List<AgentEvent> events = new ArrayList<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private long until;
  private int wanted = Integer.MAX_VALUE;
  private Predicate<AgentEvent> last = _ -> false;
  private boolean progress;
  private long written;

  /// Listens from `offset` on.
  public Heard(long offset) {
    this.until = offset;
  }

  /// Says after so many batches that it does not want more.
  public synchronized Heard wanting(int batches) {
    wanted = batches;
    return this;
  }

  /// Says after the batch with such an event that it does not want more.
  public synchronized Heard until(Predicate<AgentEvent> event) {
    last = event;
    return this;
  }

  @Override
  public synchronized boolean output(OutputBatch batch) {
    if (batch.from() != until) {
      throw new AssertionError("a batch from " + batch.from() + " where " + until + " was due");
    }
    until = batch.to();
    events.addAll(batch.events());
    first.countDown();
    return --wanted > 0 && batch.events().stream().noneMatch(last);
  }

  @Override
  public synchronized void alive(Now at, boolean isProgress, long bytes) {
    progress |= isProgress;
    written = bytes;
  }

  /// How many bytes were there when it last heard of any.
  public synchronized long written() {
    return written;
  }

  /// Waits for the first batch.
  public void awaitFirst() throws InterruptedException {
    first.await();
  }

  /// Where the last batch ended.
  public synchronized long until() {
    return until;
  }

  /// All events so far.
  public synchronized List<AgentEvent> events() {
    return List.copyOf(events);
  }

  /// The texts of what was said.
  public synchronized List<String> said() {
    return events.stream()
        .filter(AgentEvent.Said.class::isInstance)
        .map(it -> ((AgentEvent.Said) it).text())
        .toList();
  }

  /// Whether anything counted as progress.
  public synchronized boolean progressed() {
    return progress;
  }
}
