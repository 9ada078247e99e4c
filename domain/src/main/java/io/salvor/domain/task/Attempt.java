package io.salvor.domain.task;

import io.salvor.domain.id.AttemptRef;
import java.time.Instant;

/// A try that is open.
public record Attempt(AttemptRef ref, StartMode mode, Instant claimedAt) {}
