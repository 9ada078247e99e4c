package io.salvor.domain.journal;

import io.salvor.domain.access.Actor;
import io.salvor.domain.task.Recorded;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A statement with all of its record's header but the chain, which the store adds.
///
/// @param clock place in its thread, from 1 up
/// @param attemptEpoch fencing token of the attempt it belongs to; 0 for none
/// @param intent clock in the task's thread of the intent that it answers
/// @param request the call that brought it about
/// @param lastOfDecision whether the decision ends here: log, replay and restore are cut only there
public record Entry(
    ThreadId thread,
    long clock,
    Statement statement,
    long attemptEpoch,
    OptionalLong intent,
    Optional<Request> request,
    boolean lastOfDecision) {

  /// Its place in the log.
  public long seq() {
    return statement.seq();
  }

  /// Who brought it about.
  public Actor actor() {
    return statement.actor();
  }

  /// Wall-clock time of the decision.
  public Instant at() {
    return statement.at();
  }

  /// What it says of a task; empty where it is about the whole instance.
  public Optional<Recorded> ofTask() {
    return statement instanceof Statement.OfTask(var recorded)
        ? Optional.of(recorded)
        : Optional.empty();
  }

  /// The same, with which its decision ends.
  public Entry last() {
    return new Entry(thread, clock, statement, attemptEpoch, intent, request, true);
  }
}
