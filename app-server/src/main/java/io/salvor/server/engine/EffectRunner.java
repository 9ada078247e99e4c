package io.salvor.server.engine;

import io.salvor.domain.agent.ProcessesUnavailable;
import io.salvor.domain.engine.Effect;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.workspace.WorkspacesUnavailable;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Carries effects out, each on a thread of its own, one after the other for each task. Started
/// from the engine's thread.
public final class EffectRunner implements EngineLoop.Effects {
  private static final Logger log = LoggerFactory.getLogger(EffectRunner.class);

  /// Tries, a second apart, before a person is told that what an effect needs does not answer.
  private static final int PATIENCE = 60;

  private final Clock clock;
  private final EffectSteps steps;
  private final Losses losses = new Losses();
  private final Map<TaskId, EffectRun> underWay = new HashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("effect-", 0).daemon().factory());
  private @Nullable Reporter reporter;

  /// @param saveWorkEvery how often the uncommitted work of running agents is saved; empty for only
  ///   at their end
  public EffectRunner(World world, Clock clock, Optional<Duration> saveWorkEvery) {
    this.clock = clock;
    this.steps = new EffectSteps(world, clock, saveWorkEvery);
  }

  /// Says whom to report to; called once, before the loop runs.
  public void reportTo(EngineLoop engine) {
    reporter = new Reporter(engine, clock);
  }

  @Override
  public void start(Effect effect, boolean afterStart) {
    TaskId id = effect.task().id();
    synchronized (underWay) {
      EffectRun before = underWay.get(id);
      cutShort(id);
      var run = new EffectRun(effect, it -> runAfter(before, it, afterStart));
      underWay.put(id, run);
      begin(run, before);
    }
  }

  @Override
  public void cutShort(TaskId task) {
    synchronized (underWay) {
      EffectRun run = underWay.get(task);
      if (run != null && mayBeCutShort(run.effect().kind())) {
        run.interrupt();
      }
    }
  }

  /// Where the host has no thread for it, it came to nothing.
  private void begin(EffectRun run, @Nullable EffectRun before) {
    try {
      threads.execute(run);
    } catch (OutOfMemoryError e) {
      if (Soundness.isLost(e)) {
        throw e;
      }
      TaskId id = run.effect().task().id();
      underWay.compute(id, (_, _) -> before);
      lost(run.effect(), e, "the host gives no more threads: raise ulimit -u or pids.max");
    }
  }

  /// Interrupts all that can be cut short and waits for the rest; what was not done is done after
  /// the next start.
  public void stop(Duration patience) throws InterruptedException {
    Map<TaskId, EffectRun> left;
    synchronized (underWay) {
      left = Map.copyOf(underWay);
    }
    left.values().stream()
        .filter(it -> mayBeCutShort(it.effect().kind()))
        .forEach(EffectRun::interrupt);
    long end = System.nanoTime() + patience.toNanos();
    for (EffectRun it : left.values()) {
      it.await(Duration.ofNanos(end - System.nanoTime()));
      it.interrupt();
    }
  }

  /// A reset, a spawn, an end, a merge and a push are carried through; a crash between their steps
  /// is survived, but not sought.
  private static boolean mayBeCutShort(Effect.Kind kind) {
    return switch (kind) {
      case WATCH, VERIFY, PREPARE -> true;
      case RESET, SPAWN, END, MERGE, PUSH -> false;
    };
  }

  private void runAfter(@Nullable EffectRun before, EffectRun self, boolean afterStart) {
    Effect effect = self.effect();
    MDC.put("thread", "tasks/" + effect.task().id());
    MDC.put("task", effect.task().display().toString());
    effect
        .task()
        .attempt()
        .ifPresent(attempt -> MDC.put("attempt", Integer.toString(attempt.ref().number())));
    try {
      if (before != null) {
        before.await();
      }
      run(effect, afterStart);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (WorkspacesUnavailable e) {
      lostOrGivenUp(effect, e, e.hint());
    } catch (ProcessesUnavailable e) {
      lost(effect, e, e.hint());
    } catch (RuntimeException e) {
      lostOrGivenUp(effect, e, "salvor logs --level error");
    } catch (Error e) {
      died(effect, e);
    } finally {
      MDC.clear();
      synchronized (underWay) {
        underWay.computeIfPresent(effect.task().id(), (_, now) -> now.equals(self) ? null : now);
      }
    }
  }

  private void died(Effect effect, Error e) {
    if (Soundness.isLost(e)) {
      reporter().broke(e);
    } else {
      lost(effect, e, "");
    }
  }

  private void lostOrGivenUp(Effect effect, RuntimeException e, String hint) {
    if (wasCutShort(e) || losses.add(effect) < PATIENCE || !givenUp(effect, e, hint)) {
      lost(effect, e, hint);
    }
  }

  private boolean givenUp(Effect effect, RuntimeException e, String hint) {
    try {
      Optional<Finding> instead =
          steps.giveUp(effect, String.valueOf(e.getMessage()), hint, reporter());
      if (instead.isEmpty()) {
        return false;
      }
      log.error(
          "{} of {} came to nothing {} times and is given up: {} {}",
          effect.kind(),
          effect.task().display(),
          PATIENCE,
          e.getMessage(),
          hint,
          e);
      losses.end(effect);
      reporter().report(effect, instead.get());
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } catch (RuntimeException again) {
      e.addSuppressed(again);
      return false;
    }
  }

  private void lost(Effect effect, Throwable e, String hint) {
    if (wasCutShort(e)) {
      log.info("{} of {} was cut short", effect.kind(), effect.task().display());
    } else {
      log.error(
          "{} of {} came to nothing and is tried again: {} {}",
          effect.kind(),
          effect.task().display(),
          e.getMessage(),
          hint,
          e);
    }
    reporter().lost(effect);
  }

  /// What is interrupted within a port comes out as the port's own exception.
  private static boolean wasCutShort(Throwable e) {
    return Thread.currentThread().isInterrupted() || e.getCause() instanceof InterruptedIOException;
  }

  private void run(Effect effect, boolean afterStart) throws InterruptedException {
    Optional<Finding> finding = steps.run(effect, afterStart, reporter());
    losses.end(effect);
    if (finding.isPresent()) {
      reporter().report(effect, finding.get());
    }
  }

  private Reporter reporter() {
    if (reporter == null) {
      throw new IllegalStateException("nobody to report to yet");
    }
    return reporter;
  }
}
