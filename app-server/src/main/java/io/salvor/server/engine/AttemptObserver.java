package io.salvor.server.engine;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.engine.Effect;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.time.Now;

/// Hands an agent's output to the engine, one durable batch after the other, and keeps an eye on
/// the time.
final class AttemptObserver implements AgentProcesses.Observer {
  private final Effect effect;
  private final Reporter reporter;
  private final Attention attention;
  private final Clock clock;

  AttemptObserver(Effect effect, Reporter reporter, Attention attention, Clock clock) {
    this.effect = effect;
    this.reporter = reporter;
    this.attention = attention;
    this.clock = clock;
  }

  @Override
  public boolean output(OutputBatch batch) throws InterruptedException {
    boolean accepted = reporter.report(effect, new Finding.Output(batch));
    if (batch.events().stream().anyMatch(AgentEvent.Terminal.class::isInstance)) {
      attention.saidLastWord(clock.now());
    }
    return accepted;
  }

  @Override
  public void alive(Now at, boolean progress, long written) {
    attention.heard(at, progress, written);
  }
}
