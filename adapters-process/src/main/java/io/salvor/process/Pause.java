package io.salvor.process;

import java.time.Duration;

/// Waits between two looks at something that sends no signal: short after something happened,
/// longer the longer nothing does. Not safe for use by many threads.
final class Pause {
  private final Duration shortest;
  private final Duration longest;
  private Duration next;

  Pause(Duration shortest, Duration longest) {
    this.shortest = shortest;
    this.longest = longest;
    this.next = shortest;
  }

  /// For a file that grows while somebody works: 5 to 50 ms.
  static Pause forOutput() {
    return new Pause(Duration.ofMillis(5), Duration.ofMillis(50));
  }

  /// For processes that are about to be gone: 1 to 20 ms.
  static Pause forProcesses() {
    return new Pause(Duration.ofMillis(1), Duration.ofMillis(20));
  }

  /// For what may mend itself, or may not: 50 ms to 1 s.
  static Pause forTrouble() {
    return new Pause(Duration.ofMillis(50), Duration.ofSeconds(1));
  }

  void rest() throws InterruptedException {
    Thread.sleep(next);
    Duration longer = next.multipliedBy(3).dividedBy(2);
    next = longer.compareTo(longest) > 0 ? longest : longer;
  }

  void somethingHappened() {
    next = shortest;
  }
}
