package io.salvor.server.engine;

import io.salvor.domain.workspace.WorkspaceOrder;
import io.salvor.domain.workspace.Workspaces;
import io.salvor.domain.workspace.WorkspacesUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves, every few minutes, what running agents have not committed: should workspace or host be
/// lost, no more than that is. Like a backup it is no step of the task: it may fail, nothing is
/// decided by it, and what is saved is read back from git. Thread-safe.
final class WorkSaver {
  private static final Logger log = LoggerFactory.getLogger(WorkSaver.class);

  /// The pause after one that took long, so that large workspaces are not read all the time.
  private static final int PAUSE_PER_DURATION = 20;

  private final Workspaces workspaces;
  private final Optional<Duration> every;
  private final Rounds rounds = new Rounds();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("work-saver").daemon().factory());

  /// @param every empty for never
  WorkSaver(Workspaces workspaces, Optional<Duration> every) {
    this.workspaces = workspaces;
    this.every = every;
  }

  /// Begins with one attempt; the first time comes after a full pause.
  Saving during(WorkspaceOrder order, int attempt) {
    var saving = new Saving(order, attempt);
    every.ifPresent(saving::next);
    return saving;
  }

  /// One attempt's turn.
  final class Saving implements AutoCloseable {
    private final WorkspaceOrder order;
    private final int attempt;
    private boolean over;
    private @Nullable Thread at;

    private Saving(WorkspaceOrder order, int attempt) {
      this.order = order;
      this.attempt = attempt;
    }

    private synchronized void next(Duration pause) {
      if (!over) {
        var _ = timer.schedule(this::runOnce, pause.toMillis(), TimeUnit.MILLISECONDS);
      }
    }

    private void runOnce() {
      if (!begin()) {
        return;
      }
      long began = System.nanoTime();
      rounds.run("saving what " + order.display() + " has not committed so far", this::save);
      end();
      var took = Duration.ofNanos(System.nanoTime() - began).multipliedBy(PAUSE_PER_DURATION);
      every.map(it -> it.compareTo(took) < 0 ? took : it).ifPresent(this::next);
    }

    private void save() {
      try {
        workspaces
            .save(order, attempt)
            .ifPresent(it -> log.debug("work of {} so far is in {}", order.display(), it));
      } catch (WorkspacesUnavailable e) {
        if (!isOver()) {
          throw e;
        }
      }
    }

    private synchronized boolean begin() {
      if (!over) {
        at = Thread.currentThread();
      }
      return !over;
    }

    private synchronized void end() {
      at = null;
      boolean _ = Thread.interrupted();
      notifyAll();
    }

    private synchronized boolean isOver() {
      return over;
    }

    /// From here on nothing is saved by it any more: what comes next may reset the workspace, which
    /// would then stand in the place of the work. One that is under way is cut short.
    @Override
    public synchronized void close() {
      over = true;
      boolean interrupted = false;
      while (at != null) {
        at.interrupt();
        try {
          wait();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
