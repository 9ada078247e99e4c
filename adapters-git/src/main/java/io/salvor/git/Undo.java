package io.salvor.git;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// What takes back the steps of something that is refused half-way; last step first.
final class Undo {
  private final Deque<Step> steps = new ArrayDeque<>();

  /// Takes one step back; harmless where the step was never taken.
  interface Step {
    void run() throws IOException;
  }

  void add(Step step) {
    steps.push(step);
  }

  /// Takes everything back that can be; failures are attached to `cause`.
  void all(Exception cause) {
    for (Step step : steps) {
      try {
        step.run();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
    steps.clear();
  }
}
