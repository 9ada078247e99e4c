package io.salvor.server.engine;

import io.salvor.domain.engine.Effect;
import io.salvor.domain.engine.Input;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.domain.task.Observation;
import io.salvor.domain.task.Observation.Finding;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Brings what an effect found into the log, however long the log takes to accept it.
final class Reporter {
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final EngineLoop engine;
  private final Clock clock;

  Reporter(EngineLoop engine, Clock clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /// Returns when the finding is durable, or when nothing follows from it.
  ///
  /// @return whether anything followed
  boolean report(Effect effect, Finding finding) throws InterruptedException {
    Observation observation = observation(effect, finding);
    while (true) {
      try {
        Reply reply = engine.offer(new Input.Saw(clock.now(), observation)).get();
        return reply instanceof Reply.Done;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof LogUnavailable)) {
          throw new IllegalStateException("the engine did not judge " + finding, e.getCause());
        }
        // The log heals or the operator heals it; what was found stays true until then.
        LockSupport.parkNanos(RETRY_NANOS);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
  }

  /// Says what was found, to be judged at some time or not at all.
  void tell(Effect effect, Finding finding) {
    engine.tell(new Input.Saw(clock.now(), observation(effect, finding)));
  }

  private static Observation observation(Effect effect, Finding finding) {
    return new Observation(effect.task().id(), effect.task().since(), finding);
  }

  /// Says that an effect came to nothing, so that it is started again at the next tick.
  void lost(Effect effect) {
    engine.tell(new Input.EffectLost(effect.task().id(), effect.task().since()));
  }

  /// Says that this process cannot go on.
  void broke(Throwable cause) {
    engine.endBroken(cause);
  }
}
