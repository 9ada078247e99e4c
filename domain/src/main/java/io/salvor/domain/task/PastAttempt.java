package io.salvor.domain.task;

import io.salvor.domain.access.Actor;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Instant;
import java.util.Optional;

/// A try that is over, with what it left.
///
/// @param started whether an agent ran; a failed start uses up no attempt
/// @param answer to the question that it ended with, where a person gave one
public record PastAttempt(
    AttemptRef ref,
    StartMode mode,
    Instant claimedAt,
    Instant endedAt,
    boolean started,
    Ending ending,
    Progress progress,
    WorkspaceSummary workspace,
    Optional<Answer> answer) {

  /// Nobody answered it, so far.
  public PastAttempt(
      AttemptRef ref,
      StartMode mode,
      Instant claimedAt,
      Instant endedAt,
      boolean started,
      Ending ending,
      Progress progress,
      WorkspaceSummary workspace) {
    this(ref, mode, claimedAt, endedAt, started, ending, progress, workspace, Optional.empty());
  }

  /// What a person answered to the question that it ended with.
  public record Answer(Actor by, Instant at, String text) {}

  /// What the agent asked; empty where it asked nothing.
  public Optional<String> question() {
    return progress
        .question()
        .or(() ->
            ending.reason() == Ending.Reason.INPUT_REQUIRED
                ? Optional.of(ending.detail())
                : Optional.empty());
  }

  PastAttempt answered(Answer given) {
    return new PastAttempt(
        ref, mode, claimedAt, endedAt, started, ending, progress, workspace, Optional.of(given));
  }
}
