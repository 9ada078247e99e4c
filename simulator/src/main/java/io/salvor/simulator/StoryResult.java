package io.salvor.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a story went.
///
/// @param time how long it took in its world
/// @param failure what an oracle or the engine found wrong
/// @param words what happened, if it was kept
/// @param dice whose rolls tell it again
record StoryResult(
    int steps,
    Duration time,
    long hash,
    Optional<Throwable> failure,
    Coverage coverage,
    List<String> words,
    Dice dice) {

  /// What kind of failure it is, so that a shorter story can be known to show the same one.
  String kindOfFailure() {
    return failure
        .map(it -> it instanceof OracleFailed oracle ? oracle.invariant() : it.getClass().getName())
        .orElse("");
  }

  int[] rolls() {
    return dice.rolls();
  }
}
