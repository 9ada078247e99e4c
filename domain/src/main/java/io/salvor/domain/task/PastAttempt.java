package io.salvor.domain.task;

import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Instant;

/// A try that is over, with what it left.
///
/// @param started whether an agent ran; a failed start uses up no attempt
public record PastAttempt(
    AttemptRef ref,
    StartMode mode,
    Instant claimedAt,
    Instant endedAt,
    boolean started,
    Ending ending,
    Progress progress,
    WorkspaceSummary workspace) {}
