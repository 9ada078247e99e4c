package io.salvor.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.TaskFact;
import java.util.Map;

/// Counts how attempts end. Codepath and reason are counted apart: as pairs they would be 208
/// series, most of them zero for ever; the pair of each attempt is in the log.
final class EndingMeters {
  private final Map<Ending.Reason, Counter> reasons;
  private final Map<Ending.Codepath, Counter> codepaths;
  private final Counter notStarted;

  EndingMeters(MeterRegistry registry) {
    this.reasons =
        Labelled.counters(
            Ending.Reason.class,
            reason ->
                Counter.builder("salvor.attempts.ended")
                    .description("Attempts that are over, by the reason of their ending")
                    .tag("reason", reason.label())
                    .register(registry));
    this.codepaths =
        Labelled.counters(
            Ending.Codepath.class,
            codepath ->
                Counter.builder("salvor.attempts.codepath")
                    .description("Attempts that are over, by the way out that they took")
                    .tag("codepath", codepath.label())
                    .register(registry));
    this.notStarted =
        Counter.builder("salvor.starts.failed")
            .description("Attempts that ended before their agent ran")
            .register(registry);
  }

  void count(TaskFact.AttemptEnded ended) {
    Labelled.of(reasons, ended.ending().reason()).increment();
    Labelled.of(codepaths, ended.ending().codepath()).increment();
    if (!ended.started()) {
      notStarted.increment();
    }
  }
}
