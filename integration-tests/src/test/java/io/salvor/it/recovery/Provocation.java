package io.salvor.it.recovery;

import io.salvor.v1.Task;
import java.util.function.Consumer;

/// How a row of the recovery matrix is brought about with a real process, and how it goes on.
///
/// @param row the row's name
/// @param story what the agent does, in words
/// @param agent `command`, or one of those that [EveryRowTest] configures
/// @param script what its first attempts do, in sh
/// @param times how many attempts do so; the next one commits a file and ends well
/// @param limits what the task is given besides
public record Provocation(
    String row,
    String story,
    String agent,
    String script,
    int times,
    Consumer<Task.Builder> limits) {

  /// By any program, which does so once.
  static Provocation of(String row, String story, String script) {
    return new Provocation(row, story, "command", script, 1, _ -> {});
  }

  Provocation with(Consumer<Task.Builder> limits) {
    return new Provocation(row, story, agent, script, times, limits);
  }

  Provocation times(int attempts) {
    return new Provocation(row, story, agent, script, attempts, limits);
  }

  Provocation by(String otherAgent) {
    return new Provocation(row, story, otherAgent, script, times, limits);
  }

  @Override
  public String toString() {
    return row + ": " + story;
  }
}
