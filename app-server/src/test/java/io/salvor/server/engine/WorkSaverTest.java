package io.salvor.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.workspace.WorkspaceOrder;
import io.salvor.domain.workspace.WorkspacesUnavailable;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a running agent has not committed is saved until its end, and not after it (Z16).
@Timeout(60)
class WorkSaverTest {
  private static final WorkspaceOrder ORDER =
      new WorkspaceOrder(
          "lineage",
          new TaskId(new UUID(0, 1)),
          new DisplayId(1),
          "/p",
          Optional.empty(),
          List.of());

  private final ScriptedWorld world = new ScriptedWorld();
  private final Semaphore saved = new Semaphore(0);
  private final WorkSaver saver = new WorkSaver(world, Optional.of(Duration.ofMillis(1)));

  @Test
  void it_is_saved_again_and_again() throws InterruptedException {
    world.saving = _ -> saved.release();
    try (var _ = saver.during(ORDER, 1)) {
      saved.acquire(3);
    }
  }

  @Test
  void once_that_did_not_go_well_does_not_end_it() throws InterruptedException {
    var troubles =
        new ArrayDeque<RuntimeException>(
            List.of(
                new WorkspacesUnavailable("locked", "wait", new IllegalStateException()),
                new IllegalStateException("for a test")));
    world.saving =
        _ -> {
          if (!troubles.isEmpty()) {
            throw troubles.pop();
          }
          saved.release();
        };
    try (var _ = saver.during(ORDER, 1)) {
      saved.acquire();
    }
  }

  /// What comes next may reset the workspace: saved then, it would stand in the place of the work.
  @Test
  void one_that_is_under_way_at_the_end_is_cut_short_and_over_before_anything_else_begins()
      throws InterruptedException {
    var underWay = new CountDownLatch(1);
    var over = new AtomicBoolean();
    world.saving = _ -> hang(underWay, over);
    var saving = saver.during(ORDER, 1);
    underWay.await();

    Thread.currentThread().interrupt();
    saving.close();

    assertThat(over).isTrue();
    assertThat(Thread.interrupted()).as("an interruption is kept for what comes next").isTrue();
    world.saving = _ -> saved.release();
    try (var _ = saver.during(ORDER, 2)) {
      saved.acquire();
    }
  }

  private static void hang(CountDownLatch underWay, AtomicBoolean over) {
    underWay.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      over.set(true);
      throw new WorkspacesUnavailable("cut short", "", new InterruptedIOException());
    }
  }

  @Test
  void after_its_end_nothing_of_an_attempt_is_saved_any_more() throws InterruptedException {
    Set<Integer> attempts = ConcurrentHashMap.newKeySet();
    world.saving =
        attempt -> {
          attempts.add(attempt);
          saved.release();
        };
    try (var _ = saver.during(ORDER, 1)) {
      saved.acquire();
    }
    attempts.clear();
    saved.drainPermits();
    try (var _ = saver.during(ORDER, 2)) {
      saved.acquire(5);
    }
    assertThat(attempts).containsExactly(2);
  }
}
