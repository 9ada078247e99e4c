package io.salvor.process;

import io.salvor.domain.agent.AgentProcesses.Observer;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.time.Now;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Follows one attempt's output. The file is the buffer: nothing is read on while a batch is being
/// made durable.
final class OutputWatch {
  private final OutputTail tail;
  private final Path stderr;
  private final Observer observer;
  private final Supplier<Now> clock;
  private long stderrSeen;
  private boolean followed = true;

  OutputWatch(OutputTail tail, Path stderr, Observer observer, Supplier<Now> clock)
      throws IOException {
    this.tail = tail;
    this.stderr = stderr;
    this.observer = observer;
    this.clock = clock;
    // who begins at the beginning has seen nothing of either stream
    this.stderrSeen = tail.knownUntil() == 0 ? 0 : Files.size(stderr);
  }

  /// Hands over what comes until `gone` says that nothing more will be waited for, and all that was
  /// there by then.
  void follow(BooleanSupplier gone) throws IOException, InterruptedException {
    Pause pause = Pause.forOutput();
    while (followed) {
      boolean last = gone.getAsBoolean(); // asked first: what it wrote before is there now
      long end = tail.length();
      boolean came = handOver(end);
      if (last) {
        finish(end);
        return;
      }
      if (came) {
        pause.somethingHappened();
      }
      pause.rest();
    }
  }

  /// Hands over the rest, with a last line that lacks its line feed.
  void drain() throws IOException, InterruptedException {
    long end = tail.length();
    handOver(end);
    finish(end);
  }

  private void finish(long end) throws IOException, InterruptedException {
    // while somebody still writes, half a line is not the last word
    if (followed && tail.length() == end) {
      hand(tail.last());
    }
  }

  private boolean handOver(long end) throws IOException, InterruptedException {
    boolean came = false;
    while (followed) {
      long position = tail.position();
      long known = tail.knownUntil();
      Optional<OutputBatch> batch = tail.next(end);
      came |= tellAlive(known);
      hand(batch);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (batch.isEmpty() && tail.position() >= end) {
        return came;
      }
      if (batch.isEmpty() && tail.position() == position) {
        throw new IOException("the output was cut off at " + position);
      }
    }
    return came;
  }

  private void hand(Optional<OutputBatch> batch) throws InterruptedException {
    if (batch.isPresent() && followed) {
      followed = observer.output(batch.get());
    }
  }

  private boolean tellAlive(long known) throws IOException {
    boolean progress = tail.progressSinceLastAsked();
    boolean output = tail.knownUntil() > known;
    long errors = Files.size(stderr);
    if (errors != stderrSeen) {
      stderrSeen = errors;
      progress = true;
      output = true;
    }
    if (output) {
      observer.alive(clock.get(), progress, tail.length() + errors);
    }
    return output;
  }
}
