package io.salvor.process;

import io.salvor.domain.agent.AgentProcesses.Observer;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.time.Now;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the place up to which an observer has heard, so that reading can begin again there. For
/// one thread.
final class Bookmark implements Observer {
  private static final Logger log = LoggerFactory.getLogger(Bookmark.class);

  private final Observer observer;
  private long at;
  private boolean troubleTold;

  Bookmark(Observer observer, long at) {
    this.observer = observer;
    this.at = at;
  }

  /// Where the last batch ended that was handed over.
  long at() {
    return at;
  }

  /// Says once that it cannot be read on from here.
  void trouble(String marker, IOException cause) {
    if (!troubleTold) {
      troubleTold = true;
      log.warn("the output of {} cannot be read from {} on: {}", marker, at, cause.toString());
    }
  }

  @Override
  public boolean output(OutputBatch batch) throws InterruptedException {
    boolean more = observer.output(batch);
    at = batch.to();
    return more;
  }

  @Override
  public void alive(Now now, boolean progress, long written) {
    observer.alive(now, progress, written);
  }
}
