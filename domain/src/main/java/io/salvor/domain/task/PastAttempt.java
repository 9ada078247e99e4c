package io.salvor.domain.task;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Instant;
import java.util.Optional;

/// A try that is over, with what it left.
///
/// @param agent name of the agent that it was for
/// @param protocol of that agent
/// @param started whether an agent ran; a failed start uses up no attempt
/// @param spoke whether its agent put out anything at all, be it no event
/// @param gateFailure what the gate said that did not pass on its work; empty where all did or none
///   ran
/// @param answer to the question that it ended with, where a person gave one
public record PastAttempt(
    AttemptRef ref,
    Start start,
    String agent,
    Protocol protocol,
    Instant claimedAt,
    Instant endedAt,
    boolean started,
    Ending ending,
    Progress progress,
    boolean spoke,
    WorkspaceSummary workspace,
    Optional<String> gateFailure,
    Optional<Answer> answer) {

  public PastAttempt {
    spoke = spoke || progress.events() > 0;
  }

  /// How it began.
  public StartMode mode() {
    return start.mode();
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

  /// Whether it ended at this commit and its gates passed on nothing else: uncommitted files may
  /// have helped them, and are not merged. None ran where its agent was to be started again, or
  /// where its workspace stood elsewhere.
  public boolean passedOn(String commit) {
    return ending.success()
        && !progress.reloadAsked()
        && gateFailure.isEmpty()
        && workspace.clean()
        && workspace.elsewhere().isEmpty()
        && workspace.head().filter(commit::equals).isPresent();
  }

  /// With what a gate said of its work.
  PastAttempt withGateFailure(String detail) {
    return with(Optional.of(detail), answer);
  }

  PastAttempt answered(Answer given) {
    return with(gateFailure, Optional.of(given));
  }

  private PastAttempt with(Optional<String> newGateFailure, Optional<Answer> newAnswer) {
    return new PastAttempt(
        ref,
        start,
        agent,
        protocol,
        claimedAt,
        endedAt,
        started,
        ending,
        progress,
        spoke,
        workspace,
        newGateFailure,
        newAnswer);
  }
}
