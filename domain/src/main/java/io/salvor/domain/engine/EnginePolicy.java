package io.salvor.domain.engine;

import io.salvor.domain.admission.AdmissionPolicy;
import io.salvor.domain.provider.Breaker;
import io.salvor.domain.task.StartPolicy;

/// What the engine goes by.
public record EnginePolicy(AdmissionPolicy admission, StartPolicy starts, Breaker breaker) {

  /// Four attempts.
  public static final EnginePolicy DEFAULT = new EnginePolicy(4, StartPolicy.DEFAULT);

  /// No limit but to the attempts that may be open at once.
  public EnginePolicy(int maxConcurrent, StartPolicy starts) {
    this(new AdmissionPolicy(maxConcurrent), starts, Breaker.DEFAULT);
  }
}
