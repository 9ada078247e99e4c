package io.salvor.server.engine;

import io.salvor.domain.engine.Effect;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.StopCause;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Looks at the clock for all running attempts and says when one has reached a limit of time or
/// output. Thread-safe.
final class LimitGuard implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(200);

  private final Clock clock;
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

  /// Looks once.
  void runOnce() {
    watched.forEach((id, it) -> {
      Optional<StopCause> cause = it.attention().reached(clock.now());
      if (cause.isPresent() && watched.remove(id, it)) {
        Thread.ofPlatform()
            .name("limit-report")
            .daemon()
            .start(() -> report(it.effect(), it.reporter(), cause.get()));
      }
    });
  }

  private static void report(Effect effect, Reporter reporter, StopCause cause) {
    try {
      reporter.report(effect, new Finding.LimitReached(cause));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
