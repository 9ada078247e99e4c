package io.salvor.domain.task;

import static io.salvor.domain.task.Refusals.refuse;
import static io.salvor.domain.task.Refusals.wrongState;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.task.Refusal.Code;
import io.salvor.domain.task.TaskFact.MergeRefused;
import io.salvor.domain.task.TaskState.Approved;
import io.salvor.domain.task.TaskState.Ready;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `decide`: what follows from wanting an attempt to begin.
final class Starting {
  private static final String ANSWER = "answer";

  private Starting() {}

  static Outcome dispatch(Draft draft, TaskCommand.Dispatch dispatch, Actor actor) {
    Task task = draft.task();
    boolean resume = dispatch.mode() == StartMode.RESUME;
    boolean nothing = task.lastStarted().isEmpty() && goOn(task) != StartMode.RESOLVE;
    if (resume && nothing && !task.kind().holdsSlot()) {
      return refuse(
          Code.NOTHING_THERE,
          task.display() + " has no earlier attempt to resume",
          "salvor task dispatch " + task.display());
    }
    return switch (task.kind()) {
      case PENDING, READY ->
          start(draft, resume ? goOn(task) : planned(task), wish(dispatch), actor);
      case FAILED, REJECTED, PAUSED, BLOCKED, NEEDS_FIX, REVIEW, APPROVED ->
          resume
              ? start(draft, goOn(task), wish(dispatch), actor)
              : wrongState(
                  task,
                  "has earlier work: go on with it, or reopen it to start afresh",
                  "salvor task dispatch --resume "
                      + task.display()
                      + "  or  salvor task reopen "
                      + task.display());
      case QUEUED, CLAIMED, RUNNING, STOPPING, VERIFYING ->
          wrongState(task, "is being worked on already", "salvor task watch " + task.display());
      case MERGING -> wrongState(task, "is being merged", "salvor task show " + task.display());
      case MERGED, CANCELLED, SKIPPED -> throw new IllegalStateException("final: " + task);
    };
  }

  /// As it was to begin by itself after a while, where it was; else at the base.
  static StartMode planned(Task task) {
    return task.state() instanceof Ready ready
        ? ready.wakeUp().map(it -> it.start().mode()).orElse(StartMode.FRESH)
        : StartMode.FRESH;
  }

  /// How work that is there is gone on with. Where its merge met a conflict, or a gate did not pass
  /// on what would have been merged, the target is brought in for the agent to mend that, and again
  /// as long as no attempt at it came to a review, whatever it waits for meanwhile.
  static StartMode goOn(Task task) {
    if (task.spec().target().isEmpty()) {
      return StartMode.RESUME;
    }
    boolean resolve =
        switch (task.state()) {
          case Approved approved ->
              approved.refusal().filter(MergeRefused::needsTarget).isPresent();
          case Ready ready ->
              ready.wakeUp().filter(it -> it.start().mode() == StartMode.RESOLVE).isPresent();
          case TaskState.Pending pending ->
              pending.dispatch().filter(it -> it == StartMode.RESOLVE).isPresent();
          case TaskState.Failed _, TaskState.Paused _, TaskState.Blocked _, TaskState.NeedsFix _ ->
              !task.attempts().isEmpty() && task.attempts().getLast().mode() == StartMode.RESOLVE;
          default -> false;
        };
    return resolve ? StartMode.RESOLVE : StartMode.RESUME;
  }

  static Outcome resume(Draft draft, TaskCommand.Resume resume, Actor actor) {
    Task task = draft.task();
    return switch (task.kind()) {
      case PAUSED, BLOCKED -> {
        boolean work = task.lastStarted().isPresent() || !task.executors().isEmpty();
        StartMode mode = work ? goOn(task) : StartMode.FRESH;
        yield start(draft, mode, new Wish("resume", resume.budget(), resume.limits()), actor);
      }
      default ->
          wrongState(task, "is not paused", "salvor task dispatch --resume " + task.display());
    };
  }

  static Outcome answer(Draft draft, TaskCommand.Answer answer, Actor actor) {
    Task task = draft.task();
    if (!(task.state() instanceof TaskState.Blocked) || task.attempts().isEmpty()) {
      return wrongState(
          task, "has no question that waits for an answer", "salvor task show " + task.display());
    }
    StartMode mode = goOn(task);
    draft.add(actor, new TaskFact.Answered(answer.text()));
    return start(draft, mode, new Wish(ANSWER, answer.budget(), List.of()), actor);
  }

  /// What was asked for.
  ///
  /// @param command as a person types it
  /// @param budget what the task may spend from its next start on, where that changes
  /// @param limits other limits that it is to have from then on
  record Wish(String command, Optional<MicroUsd> budget, List<Change> limits) {
    /// The same with these limits raised, as a person types it.
    private String with(String raise, Task task) {
      return command.equals(ANSWER) // it takes money alone
          ? "salvor task edit "
              + raise
              + task.display()
              + " && salvor task answer "
              + task.display()
              + " TEXT"
          : "salvor task " + command + " " + raise + task.display();
    }
  }

  private static Wish wish(TaskCommand.Dispatch dispatch) {
    String command = dispatch.mode() == StartMode.RESUME ? "dispatch --resume" : "dispatch";
    return new Wish(command, dispatch.budget(), dispatch.limits());
  }

  static Outcome start(Draft draft, StartMode mode, Wish wish, Actor actor) {
    wish.budget().ifPresent(raised -> draft.add(actor, new TaskFact.BudgetChanged(raised)));
    List<Change> changes = Changing.news(draft.task(), wish.limits());
    if (!changes.isEmpty()) {
      draft.add(actor, new TaskFact.Edited(changes));
    }
    Task task = draft.task();
    Optional<Refusal> overBudget = overBudget(task, wish);
    if (overBudget.isPresent()) {
      return new Outcome.Refused(overBudget.get());
    }
    int failedStarts =
        task.state() instanceof Ready ready
            ? ready.wakeUp().map(it -> it.start().failedStarts()).orElse(0)
            : 0;
    return draft.add(actor, new TaskFact.Dispatched(new Start(mode, failedStarts, 0))).accepted();
  }

  /// Every limit of which nothing is left, so that one command raises them all.
  private static Optional<Refusal> overBudget(Task task, Wish wish) {
    var used = new ArrayList<String>();
    var raise = new StringBuilder();
    Optional<MicroUsd> limit = task.spec().limits().cost();
    MicroUsd spent = task.cost().orElse(MicroUsd.ZERO);
    if (limit.isPresent() && spent.value() > 0 && spent.compareTo(limit.get()) >= 0) {
      used.add("has spent $" + spent.dollars() + " of $" + limit.get().dollars());
      raise.append("--budget USD ");
    }
    OptionalLong tokens = task.spec().limits().tokens();
    if (tokens.isPresent() && task.tokens() > 0 && task.tokens() >= tokens.getAsLong()) {
      used.add("has used " + task.tokens() + " of " + tokens.getAsLong() + " tokens");
      raise.append("--tokens NUMBER ");
    }
    return used.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                Code.OVER_BUDGET,
                task.display() + " " + String.join(" and ", used),
                wish.with(raise.toString(), task)));
  }
}
