package io.salvor.domain.engine;

import io.salvor.domain.task.StartPolicy;

/// What the engine goes by.
///
/// @param maxConcurrent attempts that may be open at once
public record EnginePolicy(int maxConcurrent, StartPolicy starts) {

  /// Four attempts.
  public static final EnginePolicy DEFAULT = new EnginePolicy(4, StartPolicy.DEFAULT);
}
