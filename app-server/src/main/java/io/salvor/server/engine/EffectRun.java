package io.salvor.server.engine;

import io.salvor.domain.engine.Effect;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One effect on a borrowed thread: it can be interrupted and waited for, and an interruption never
/// meets what the thread does next. Thread-safe.
final class EffectRun implements Runnable {
  private final Effect effect;
  private final Consumer<EffectRun> body;
  private final CountDownLatch over = new CountDownLatch(1);
  private boolean interrupted;
  private @Nullable Thread thread;

  EffectRun(Effect effect, Consumer<EffectRun> body) {
    this.effect = effect;
    this.body = body;
  }

  Effect effect() {
    return effect;
  }

  @Override
  public void run() {
    begin();
    try {
      body.accept(this);
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    Thread current = Thread.currentThread();
    current.setName(effect.kind() + " " + effect.task().display());
    thread = current;
    if (interrupted) {
      current.interrupt();
    }
  }

  private synchronized void end() {
    thread = null;
    Thread.currentThread().setName("effect");
    boolean _ = Thread.interrupted();
    over.countDown();
  }

  /// Interrupts it, also where it has not begun yet; nothing where it is over.
  synchronized void interrupt() {
    interrupted = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /// Waits for its end.
  void await() throws InterruptedException {
    over.await();
  }

  /// Waits for its end, at most so long.
  void await(Duration patience) throws InterruptedException {
    boolean _ = over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }
}
