package io.salvor.server.engine;

import io.salvor.domain.engine.Effect;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Observation.Finding;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Looks at the clock for all running attempts and says when one has reached a limit of time or
/// output. Thread-safe.
final class LimitGuard implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(200);

  private final Clock clock;
  private final Rounds rounds = new Rounds();
  private final Map<TaskId, Watched> watched = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("limit-guard").daemon().factory());

  LimitGuard(Clock clock) {
    this.clock = clock;
    var _ =
        timer.scheduleWithFixedDelay(
            this::runOnce, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private record Watched(Effect effect, Attention attention, Reporter reporter) {}

  /// Keeps an eye on this attempt until [#forget].
  void watch(Effect effect, Attention attention, Reporter reporter) {
    watched.put(effect.task().id(), new Watched(effect, attention, reporter));
  }

  void forget(Effect effect) {
    watched.remove(effect.task().id());
  }

  /// Looks once. What is reached is said each time, until the engine has brought the attempt to its
  /// end: so it needs neither an answer nor a thread that waits for one, and outlasts a log that
  /// takes nothing for now.
  void runOnce() {
    watched.forEach((task, it) -> rounds.run("a look at the limits of " + task, () -> look(it)));
  }

  private void look(Watched it) {
    it.attention()
        .reached(clock.now())
        .ifPresent(cause -> it.reporter().tell(it.effect(), new Finding.LimitReached(cause)));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
