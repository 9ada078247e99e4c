package io.salvor.domain.journal;

import io.salvor.domain.task.Recorded;
import java.util.Optional;
import java.util.OptionalLong;

/// A fact with all of its record's header but the chain, which the store adds.
///
/// @param clock place in its thread, from 1 up
/// @param attemptEpoch fencing token of the attempt it belongs to; 0 for none
/// @param intent clock in the task's thread of the intent that it answers
/// @param request the call that brought it about
/// @param lastOfDecision whether the decision ends here: log, replay and restore are cut only there
public record Entry(
    ThreadId thread,
    long clock,
    Recorded recorded,
    long attemptEpoch,
    OptionalLong intent,
    Optional<Request> request,
    boolean lastOfDecision) {

  /// Its place in the log.
  public long seq() {
    return recorded.seq();
  }
}
