package io.salvor.domain.engine;

import io.salvor.domain.admission.Admission;
import io.salvor.domain.admission.Hold;
import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.instance.Instance;
import io.salvor.domain.spending.Spending;
import java.util.Optional;

/// What attempts begin under that no log tells of.
///
/// @param shut why none begins, where the server itself says so
record Conditions(EnginePolicy policy, Optional<Hold> shut, MemoryBand memory) {
  static Conditions of(EnginePolicy policy) {
    return new Conditions(policy, Optional.empty(), MemoryBand.HEALTHY);
  }

  Conditions withShut(Optional<Hold> because) {
    return new Conditions(policy, because, memory);
  }

  Conditions withMemory(MemoryBand band) {
    return new Conditions(policy, shut, band);
  }

  /// Who may begin beside these tasks.
  Admission admission(OpenTasks tasks, Instance instance, Spending used) {
    return new Admission(
        policy.admission(),
        shut,
        instance.freeze(),
        memory,
        tasks.held(),
        used,
        instance.troubles());
  }
}
