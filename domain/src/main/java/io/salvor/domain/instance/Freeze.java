package io.salvor.domain.instance;

import io.salvor.domain.access.Actor;
import java.time.Instant;

/// No attempt begins until somebody lifts it.
///
/// @param by who ordered it
/// @param since when it was ordered at this level
/// @param reason for people; may be empty
public record Freeze(Level level, Actor by, Instant since, String reason) {

  /// How much it holds up.
  public enum Level {
    /// What runs, runs on; nothing new begins.
    SOFT,
    /// What runs is ended too, with its work kept, and rests as PAUSED.
    HARD
  }
}
