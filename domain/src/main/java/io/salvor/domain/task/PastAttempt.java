package io.salvor.domain.task;

import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Instant;
import java.util.Optional;

/// A try that is over, with what it left.
///
/// @param agent name of the agent that it was for
/// @param started whether an agent ran; a failed start uses up no attempt
/// @param gateFailure what the gate said that did not pass on its work; empty where all did or none
///   ran
public record PastAttempt(
    AttemptRef ref,
    StartMode mode,
    String agent,
    Instant claimedAt,
    Instant endedAt,
    boolean started,
    Ending ending,
    Progress progress,
    WorkspaceSummary workspace,
    Optional<String> gateFailure) {

  /// With what a gate said of its work.
  PastAttempt withGateFailure(String detail) {
    return new PastAttempt(
        ref,
        mode,
        agent,
        claimedAt,
        endedAt,
        started,
        ending,
        progress,
        workspace,
        Optional.of(detail));
  }
}
