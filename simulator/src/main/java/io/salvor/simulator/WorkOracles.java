package io.salvor.simulator;

import io.salvor.domain.access.Actor;
import io.salvor.domain.engine.Input;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Next;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskState;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What must be true of the work: only what somebody looked at is accepted, what is accepted stays,
/// and every attempt comes to an end of its own. Remembers by itself what was approved.
final class WorkOracles {
  private final World world;
  private final TreeMap<TaskId, Approval> approved = new TreeMap<>();
  private final TreeMap<TaskId, TreeSet<String>> named = new TreeMap<>();
  private final TreeSet<TaskId> succeeded = new TreeSet<>();
  private final TreeMap<DisplayId, TaskId> displays = new TreeMap<>();

  WorkOracles(World world) {
    this.world = world;
  }

  /// What somebody agreed to: this commit, in this target.
  private record Approval(String head, Optional<String> target) {}

  /// An input reaches the engine: somebody may have looked at a commit.
  void offered(Input input) {
    if (input instanceof Input.Ask ask && ask.command() instanceof TaskCommand.Approve approve) {
      approve
          .commit()
          .ifPresent(it -> named.computeIfAbsent(approve.task(), _ -> new TreeSet<>()).add(it));
    }
  }

  void check(Optional<Task> before, Task after, Recorded recorded) {
    before.ifPresent(it -> {
      everyAttemptEnds(it, after);
      restsAsAsked(it, after, recorded);
    });
    judge(before, after, recorded);
    acceptedIsApproved(after);
  }

  private void judge(Optional<Task> before, Task after, Recorded recorded) {
    switch (recorded.fact()) {
      case TaskFact.Created created -> {
        TaskId other = displays.put(created.display(), after.id());
        require("Z15", other == null, after, "has the number of another task");
      }
      case TaskFact.Approved it -> {
        boolean seen =
            before.orElseThrow().state() instanceof TaskState.Review review
                && review.head().equals(it.head());
        boolean asked = named.getOrDefault(after.id(), new TreeSet<>()).contains(it.head());
        require("Z19", seen || asked, after, "is approved at a commit that nobody looked at");
        approved.put(after.id(), new Approval(it.head(), after.spec().target()));
      }
      case TaskFact.ApprovalVoided _, TaskFact.Rejected _ -> approved.remove(after.id());
      case TaskFact.AttemptEnded ended when ended.ending().success() -> succeeded.add(after.id());
      case TaskFact.Reopened _, TaskFact.ResetIntended _ -> {
        approved.remove(after.id());
        succeeded.remove(after.id());
      }
      // A person who retries afresh gives up what there is.
      case TaskFact.Dispatched it
          when it.start().mode() == StartMode.FRESH && !recorded.actor().equals(Actor.SALVOR) ->
          succeeded.remove(after.id());
      case TaskFact.Claimed claimed -> {
        approved.remove(after.id());
        require(
            "Z5",
            claimed.mode() != StartMode.FRESH
                || !succeeded.contains(after.id())
                || after.lastSummary().commitsAhead() == 0,
            after,
            "begins afresh over a result that nobody gave up");
      }
      case TaskFact.GatesPassed _ ->
          require("Z20", world.gatesPassed(after.id()), after, "passed gates that failed");
      case TaskFact.ReviewAsked _ -> gatesRan(before.orElseThrow(), after, recorded);
      default -> {}
    }
  }

  /// What is approved, merging or merged is the very commit that was approved; and it is merged
  /// into what was the target then.
  private void acceptedIsApproved(Task task) {
    switch (task.state()) {
      case TaskState.Approved it -> approvedAs(task, it.head(), Optional.empty());
      case TaskState.Merging it -> approvedAs(task, it.head(), Optional.of(it.target()));
      case TaskState.Merged it -> approvedAs(task, it.head(), Optional.of(it.target()));
      default -> {}
    }
  }

  private void approvedAs(Task task, String head, Optional<String> target) {
    boolean agreed =
        Optional.ofNullable(approved.get(task.id()))
            .filter(it -> it.head().equals(head))
            .filter(it -> target.isEmpty() || target.equals(it.target()))
            .isPresent();
    String where = target.map(it -> " into " + it).orElse("");
    require(
        "Z19",
        agreed,
        task,
        "is " + task.kind() + " at " + head + where + ", nobody approved that");
  }

  private static void gatesRan(Task before, Task after, Recorded recorded) {
    boolean byItself = recorded.actor().equals(Actor.SALVOR);
    require(
        "Z20",
        !byItself
            || after.spec().gates().isEmpty()
            || before.state() instanceof TaskState.Verifying,
        after,
        "comes to review and its gates did not run");
  }

  /// An attempt is left only with the record of its end.
  private static void everyAttemptEnds(Task before, Task after) {
    before
        .attempt()
        .filter(it -> after.attempt().filter(is -> is.ref().equals(it.ref())).isEmpty())
        .ifPresent(it ->
            require(
                "Z2",
                after.attempts().stream().anyMatch(past -> past.ref().equals(it.ref())),
                after,
                "left attempt " + it.ref().number() + " without its end"));
  }

  /// What a person stopped does not go on by itself, unless it was done already.
  private static void restsAsAsked(Task before, Task after, Recorded recorded) {
    boolean paused =
        before.state() instanceof TaskState.Stopping stopping
            && stopping.next() instanceof Next.Pause
            && after.kind() != TaskState.Kind.STOPPING
            && !after.attempts().getLast().ending().success();
    require(
        "Z28",
        !paused || recorded.fact() instanceof TaskFact.Paused,
        after,
        "was to rest and is " + after.kind());
  }

  /// What was merged is in its target, for good.
  void cameToRest(Iterable<Task> tasks) {
    for (Task task : tasks) {
      require(
          "Z19",
          !(task.state() instanceof TaskState.Merged merged)
              || world.repository(task).targetContains(merged.head()),
          task,
          "was merged, and its target has lost it");
    }
  }

  private static void require(String invariant, boolean holds, Task task, String what) {
    if (!holds) {
      throw new OracleFailed(invariant, task.display() + " " + what);
    }
  }
}
