package io.salvor.it.harness;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// How long a test waits for what must come, on a machine that may be busy.
public final class Await {
  /// Far more than anything takes; a test that waits this long has failed.
  public static final Duration LONG = Duration.ofSeconds(60);

  private Await() {}

  /// Waits until it is true.
  public static void until(String what, Callable<Boolean> condition) {
    waiting(what).until(condition);
  }

  /// Waits until it asserts without an error.
  public static void untilAsserted(String what, org.awaitility.core.ThrowingRunnable assertion) {
    waiting(what).untilAsserted(assertion);
  }

  private static ConditionFactory waiting(String what) {
    return Awaitility.await(what)
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(25))
        .pollDelay(Duration.ZERO);
  }
}
