package io.salvor.simulator;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.Freeze.Level;
import io.salvor.domain.instance.InstanceCommand;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.Priority;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// What somebody may ask about a task.
final class Wishes {
  private static final String OTHER_COMMIT = "f".repeat(40);

  private final World world;

  Wishes(World world) {
    this.world = world;
  }

  /// Something that fits where the task stands, or anything at all.
  Optional<Supplier<TaskCommand>> about(TaskId id, boolean nonsense) {
    Optional<Task> task = world.oracles.ledger().task(id);
    if (nonsense || task.isEmpty()) {
      return oneOf(id, Wish.values());
    }
    return switch (task.get().kind()) {
      case PENDING, READY ->
          oneOf(
              id,
              Wish.DISPATCH,
              Wish.DISPATCH,
              Wish.DISPATCH,
              Wish.RESUME_DISPATCH,
              Wish.RETRY,
              Wish.VERIFY,
              Wish.DONE,
              Wish.PAUSE,
              Wish.EDIT,
              Wish.EDIT_DEPENDENCIES);
      case QUEUED, CLAIMED, RUNNING, STOPPING -> rarely(3, id, Wish.CANCEL, Wish.PAUSE, Wish.EDIT);
      case VERIFYING, MERGING ->
          rarely(3, id, Wish.CANCEL, Wish.PAUSE, Wish.EDIT_TARGET, Wish.VERIFY, Wish.RETRY);
      case REVIEW ->
          oneOf(
              id,
              Wish.APPROVE_MERGE,
              Wish.APPROVE_MERGE,
              Wish.APPROVE_MERGE,
              Wish.APPROVE,
              Wish.REJECT,
              Wish.RESUME_DISPATCH,
              Wish.VERIFY,
              Wish.EDIT,
              Wish.DONE);
      case APPROVED -> approved(task.get());
      case BLOCKED ->
          oneOf(
              id,
              Wish.ANSWER,
              Wish.ANSWER,
              Wish.RESUME,
              Wish.RESUME_BUDGET,
              Wish.DONE,
              Wish.SALVAGE,
              Wish.SHELL,
              Wish.VERIFY,
              Wish.EDIT);
      case PAUSED ->
          oneOf(
              id,
              Wish.RESUME,
              Wish.RESUME_BUDGET,
              Wish.SALVAGE,
              Wish.DONE,
              Wish.REOPEN,
              Wish.RESET,
              Wish.VERIFY,
              Wish.EDIT);
      case NEEDS_FIX, FAILED, REJECTED ->
          oneOf(
              id,
              Wish.RESUME_DISPATCH,
              Wish.RETRY,
              Wish.RESET,
              Wish.VERIFY,
              Wish.REOPEN,
              Wish.DONE,
              Wish.SALVAGE,
              Wish.SKIP,
              Wish.EDIT,
              Wish.EDIT_DEPENDENCIES);
      case MERGED, CANCELLED, SKIPPED -> rarely(4, id, Wish.COMMENT, Wish.REMOVED);
    };
  }

  /// Who sees a conflict mostly has it resolved.
  private Optional<Supplier<TaskCommand>> approved(Task task) {
    return conflicts(task)
        ? oneOf(task.id(), Wish.RESUME_DISPATCH, Wish.RESUME_DISPATCH, Wish.APPROVE_MERGE)
        : oneOf(
            task.id(),
            Wish.MERGE,
            Wish.MERGE,
            Wish.MERGE,
            Wish.APPROVE_MERGE,
            Wish.APPROVE_MERGE,
            Wish.RESUME_DISPATCH,
            Wish.REOPEN,
            Wish.VERIFY,
            Wish.EDIT,
            Wish.EDIT_TARGET);
  }

  private static boolean conflicts(Task task) {
    return task.state() instanceof TaskState.Approved approved
        && approved
            .refusal()
            .filter(it -> it.kind().equals(TaskFact.MergeRefused.CONFLICT))
            .isPresent();
  }

  /// The names of what may be asked for.
  private enum Wish {
    DISPATCH,
    RESUME_DISPATCH,
    RESUME,
    RESUME_BUDGET,
    SALVAGE,
    DONE,
    APPROVE,
    APPROVE_MERGE,
    MERGE,
    REJECT,
    REOPEN,
    RETRY,
    RESET,
    VERIFY,
    PAUSE,
    CANCEL,
    SKIP,
    COMMENT,
    REMOVED,
    ANSWER,
    SHELL,
    EDIT,
    EDIT_TARGET,
    EDIT_DEPENDENCIES
  }

  private Optional<Supplier<TaskCommand>> oneOf(TaskId id, Wish... wishes) {
    return Optional.of(wish(id, world.dice.oneOf(List.of(wishes))));
  }

  /// One time in so many; else whoever looks lets it be.
  private Optional<Supplier<TaskCommand>> rarely(int oneIn, TaskId id, Wish... wishes) {
    return world.dice.below(oneIn) == oneIn - 1 ? oneOf(id, wishes) : Optional.empty();
  }

  private Supplier<TaskCommand> wish(TaskId id, Wish wish) {
    boolean strict = world.dice.below(4) == 3;
    return switch (wish) {
      case DISPATCH -> () -> new TaskCommand.Dispatch(id, StartMode.FRESH, Optional.empty());
      case RESUME_DISPATCH -> () -> new TaskCommand.Dispatch(id, StartMode.RESUME, budget(strict));
      case RESUME -> () -> new TaskCommand.Resume(id, Optional.empty());
      case RESUME_BUDGET -> () -> new TaskCommand.Resume(id, budget(true));
      case SALVAGE -> () -> new TaskCommand.Salvage(id, "saved", Optional.empty(), found(id));
      case DONE -> () -> new TaskCommand.Done(id, "done", strict, found(id));
      case APPROVE -> () -> approve(id, strict, Optional.empty());
      case APPROVE_MERGE -> {
        Optional<TaskCommand.Merge> merge = Optional.of(merge(id));
        yield () -> approve(id, strict, merge);
      }
      case MERGE -> {
        TaskCommand merge = merge(id);
        yield () -> merge;
      }
      case REJECT -> () -> new TaskCommand.Reject(id, "no");
      case REOPEN -> () -> new TaskCommand.Reopen(id, "again");
      case RETRY -> () -> new TaskCommand.Retry(id, "mended", strict, budget(strict), List.of());
      case RESET -> () -> new TaskCommand.Reset(id, "wrong way", found(id));
      case VERIFY -> () -> new TaskCommand.Verify(id, found(id));
      case PAUSE -> () -> new TaskCommand.Pause(id, "later");
      case CANCEL -> () -> new TaskCommand.Cancel(id, "no");
      case SKIP -> () -> new TaskCommand.Skip(id, "no");
      case COMMENT -> () -> new TaskCommand.Comment(id, "hm");
      case ANSWER -> () -> new TaskCommand.Answer(id, "the first", budget(strict));
      case SHELL -> () -> new TaskCommand.OpenShell(id, List.of("sh"));
      case REMOVED -> () -> new TaskCommand.NoteWorkspaceRemoved(id);
      case EDIT -> edit(id, something());
      case EDIT_TARGET -> edit(id, new Change.Target(target(world.dice.below(3))));
      case EDIT_DEPENDENCIES -> edit(id, new Change.DependsOn(others()));
    };
  }

  private static Supplier<TaskCommand> edit(TaskId id, Change change) {
    return () -> new TaskCommand.Edit(id, List.of(change), Optional.of("a better brief"));
  }

  private Change something() {
    int n = world.dice.below(3);
    return switch (world.dice.below(8)) {
      case 7 -> new Change.Urgency(List.of(Priority.values()).get(n));
      case 0 -> new Change.Title("Title " + n);
      case 1 -> new Change.Brief(Integer.toString(n).repeat(64));
      case 2 -> new Change.Model(Optional.of("model-" + n));
      case 3 -> new Change.Cost(Optional.of(new MicroUsd(1 + n * 9_000_000L)));
      case 4 -> new Change.TimeLimit(Change.Timer.DEADLINE, Duration.ofHours(1 + n));
      case 5 -> new Change.Base(n == 0 ? Optional.empty() : Optional.of("v" + n));
      case 6 -> new Change.Target(target(n));
      default -> new Change.Tokens(OptionalLong.of(1_000 + n * 1_000));
    };
  }

  /// Both names are of the one branch that work is merged into.
  private static Optional<String> target(int n) {
    return switch (n) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of("main");
      default -> Optional.of("trunk");
    };
  }

  /// Up to two tasks that are there, or hardly.
  private List<TaskId> others() {
    var others = new ArrayList<TaskId>();
    for (int i = world.dice.below(3); i > 0; i--) {
      TaskId other = Operators.id(1 + world.dice.below(world.oracles.ledger().tasks().size() + 1));
      if (!others.contains(other)) {
        others.add(other);
      }
    }
    return others;
  }

  private TaskCommand.Merge merge(TaskId id) {
    return new TaskCommand.Merge(
        id, world.dice.below(2) == 0 ? Optional.of("origin") : Optional.empty());
  }

  private TaskCommand approve(TaskId id, boolean strict, Optional<TaskCommand.Merge> merge) {
    WorkspaceSummary found = found(id);
    Optional<String> commit =
        strict ? Optional.of(found.head().orElse(OTHER_COMMIT)) : Optional.empty();
    var words = new TaskCommand.Words("fine", Optional.of("code"));
    return new TaskCommand.Approve(id, commit, found, words, merge);
  }

  private static Optional<MicroUsd> budget(boolean more) {
    return more ? Optional.of(new MicroUsd(50_000_000)) : Optional.empty();
  }

  private WorkspaceSummary found(TaskId id) {
    return world
        .oracles
        .ledger()
        .task(id)
        .map(task -> world.repository(task).inspect(id))
        .orElse(WorkspaceSummary.NONE);
  }

  /// Something that may be asked of the whole instance where it stands: mostly the opposite.
  Supplier<Wanted> aboutTheInstance() {
    boolean frozen = world.oracles.ledger().instance().instance().freeze().isPresent();
    boolean freeze = frozen ? world.dice.below(5) == 4 : world.dice.below(5) < 4;
    if (freeze) {
      world.fault(Fault.FROZEN);
    }
    Level level = world.dice.below(2) == 0 ? Level.SOFT : Level.HARD;
    InstanceCommand command =
        freeze ? new InstanceCommand.Freeze(level, "hot") : new InstanceCommand.Unfreeze("");
    InstanceCommand wish = world.dice.below(8) == 0 ? aboutSettings() : command;
    return () -> new Wanted.OfInstance(wish);
  }

  private InstanceCommand aboutSettings() {
    String project = "/project-" + world.dice.below(2);
    return world.dice.below(2) == 0
        ? new InstanceCommand.AcceptSettings(project, "a".repeat(64))
        : new InstanceCommand.RevokeSettings(project);
  }
}
