package io.salvor.simulator;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Recovery;
import io.salvor.domain.task.StopCause;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What must be true of a task's own limits: time, money, tokens, and how often it begins by
/// itself. Counts and measures by itself.
final class LimitOracles {
  /// After these an attempt does not count.
  private static final List<Reason> OF_PROVIDER =
      List.of(
          Reason.PROVIDER_RATE_LIMITED,
          Reason.PROVIDER_OVERLOADED,
          Reason.PROVIDER_OUTAGE,
          Reason.MODEL_UNAVAILABLE);

  private static final int FAILED_STARTS = 5;

  private final World world;
  private final TreeMap<TaskId, Integer> begunAlone = new TreeMap<>();
  private final TreeMap<TaskId, Integer> failedStarts = new TreeMap<>();

  LimitOracles(World world) {
    this.world = world;
  }

  void check(Optional<Task> before, Task after, Recorded recorded) {
    if (!recorded.actor().equals(Actor.SALVOR)) {
      askedByAPerson(after, recorded.fact());
    }
    switch (recorded.fact()) {
      case TaskFact.Spawned _ -> failedStarts.remove(after.id());
      case TaskFact.Parked _ -> parked(after);
      case TaskFact.Dispatched _
          when recorded.actor().equals(Actor.SALVOR)
              && before.orElseThrow().kind() == TaskState.Kind.NEEDS_FIX ->
          beginsAlone(after);
      case TaskFact.StopIntended stop -> timeIsOver(before.orElseThrow(), stop.cause());
      default -> {}
    }
  }

  private void askedByAPerson(Task after, TaskFact fact) {
    switch (fact) {
      case TaskFact.Dispatched _ -> {
        begunAlone.remove(after.id());
        failedStarts.remove(after.id());
        if (after.cost().orElse(MicroUsd.ZERO).value() > 0 || after.tokens() > 0) {
          require(!isSpent(after), "Z22", after, "is started with nothing left to spend");
        }
      }
      case TaskFact.DependenciesChanged _, TaskFact.Reopened _ -> {
        begunAlone.remove(after.id());
        failedStarts.remove(after.id());
      }
      default -> {}
    }
  }

  private void parked(Task after) {
    PastAttempt last = after.attempts().getLast();
    Reason reason = last.ending().reason();
    if (!last.started()) {
      int failed = failedStarts.merge(after.id(), 1, Integer::sum);
      require(
          failed < FAILED_STARTS, "Z21", after, "failed to start " + failed + " times in a row");
    } else if (!OF_PROVIDER.contains(reason)) {
      beginsAlone(after);
    }
  }

  private void beginsAlone(Task task) {
    Recovery recovery = task.spec().recovery();
    int times = begunAlone.merge(task.id(), 1, Integer::sum);
    require(
        times <= recovery.maxRetries() + recovery.gateRepairs(),
        "Z21",
        task,
        "began by itself " + times + " times");
  }

  /// Time counts while the host runs, whatever the calendar says.
  private void timeIsOver(Task before, StopCause cause) {
    if (!(before.state() instanceof TaskState.Running running)) {
      return;
    }
    Limits limits = before.spec().limits();
    Duration least =
        switch (cause) {
          case DEADLINE -> limits.deadline();
          case SILENCE -> limits.silence();
          case FIRST_EVENT -> limits.firstEvent();
          case RESULT_LINGERS -> limits.resultGrace();
          default -> Duration.ZERO;
        };
    Duration ran = world.clock.now().monotonic().minus(running.since().monotonic());
    boolean sameBoot = running.since().bootId().equals(world.clock.now().bootId());
    require(
        !sameBoot || ran.compareTo(least) >= 0,
        "Z7",
        before,
        "is stopped for " + cause + " after " + ran);
  }

  /// Nothing goes on running with what was just told of its use.
  void written(Decision decision) {
    for (OpenThread thread : decision.threads()) {
      Task task = thread.task();
      boolean told =
          decision.entries().stream()
              .flatMap(entry -> entry.ofTask().stream())
              .anyMatch(
                  it -> it.task().equals(task.id()) && it.fact() instanceof TaskFact.Observed);
      if (told
          && task.state() instanceof TaskState.Running running
          && running.progress().terminal().isEmpty()) {
        require(!isSpent(task), "Z22", task, "runs on with nothing left to spend");
      }
    }
  }

  private static boolean isSpent(Task task) {
    Limits limits = task.spec().limits();
    boolean money =
        limits.cost().filter(it -> task.cost().orElse(MicroUsd.ZERO).compareTo(it) >= 0).isPresent()
            && task.cost().isPresent();
    return money || (limits.tokens().isPresent() && task.tokens() >= limits.tokens().getAsLong());
  }

  private static void require(boolean holds, String invariant, Task task, String what) {
    if (!holds) {
      throw new OracleFailed(invariant, task.display() + " " + what);
    }
  }
}
