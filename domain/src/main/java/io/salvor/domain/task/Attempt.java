package io.salvor.domain.task;

import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.workspace.BroughtIn;
import java.time.Instant;
import java.util.Optional;

/// A try that is open.
///
/// @param broughtIn what came of bringing the target in; empty in other modes, and before the
///   workspace stands
public record Attempt(
    AttemptRef ref, Start start, Instant claimedAt, Optional<BroughtIn> broughtIn) {

  /// Before its workspace stands.
  public Attempt(AttemptRef ref, Start start, Instant claimedAt) {
    this(ref, start, claimedAt, Optional.empty());
  }

  /// How it begins.
  public StartMode mode() {
    return start.mode();
  }
}
