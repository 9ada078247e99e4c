package io.salvor.domain.engine;

import io.salvor.domain.admission.Admission;
import io.salvor.domain.admission.Hold;
import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.instance.Instance;
import io.salvor.domain.provider.Provider;
import io.salvor.domain.provider.Trouble;
import io.salvor.domain.provider.Trouble.Holding;
import io.salvor.domain.spending.Spending;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
        policy.breaker().holds() ? minded(tasks, instance.troubles()) : new TreeMap<>());
  }

  /// A trial shows nothing any more whose attempt is over, and keeps nobody waiting.
  private static SortedMap<Provider, Trouble> minded(
      OpenTasks tasks, SortedMap<Provider, Trouble> troubles) {
    var minded = new TreeMap<Provider, Trouble>();
    troubles.forEach((provider, trouble) ->
        minded.put(
            provider,
            trouble.tried(trouble.holding().flatMap(Holding::trial).filter(tasks::isOpen))));
    return minded;
  }
}
