package io.salvor.records;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.task.Meter;
import io.salvor.domain.task.Start;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskFact.Answered;
import io.salvor.domain.task.TaskFact.Blocked;
import io.salvor.domain.task.TaskFact.BudgetChanged;
import io.salvor.domain.task.TaskFact.Cancelled;
import io.salvor.domain.task.TaskFact.Commented;
import io.salvor.domain.task.TaskFact.Created;
import io.salvor.domain.task.TaskFact.DependenciesChanged;
import io.salvor.domain.task.TaskFact.DependencyMet;
import io.salvor.domain.task.TaskFact.Dispatched;
import io.salvor.domain.task.TaskFact.Edited;
import io.salvor.domain.task.TaskFact.Failed;
import io.salvor.domain.task.TaskFact.LimitNeared;
import io.salvor.domain.task.TaskFact.Parked;
import io.salvor.domain.task.TaskFact.Paused;
import io.salvor.domain.task.TaskFact.Reopened;
import io.salvor.domain.task.TaskFact.ShellOpened;
import io.salvor.domain.task.TaskFact.Skipped;
import io.salvor.record.v1.TaskAnswered;
import io.salvor.record.v1.TaskBlocked;
import io.salvor.record.v1.TaskBudgetChanged;
import io.salvor.record.v1.TaskCancelled;
import io.salvor.record.v1.TaskCommented;
import io.salvor.record.v1.TaskCreated;
import io.salvor.record.v1.TaskDependenciesChanged;
import io.salvor.record.v1.TaskDependencyMet;
import io.salvor.record.v1.TaskDispatched;
import io.salvor.record.v1.TaskEdited;
import io.salvor.record.v1.TaskFailed;
import io.salvor.record.v1.TaskLimitNeared;
import io.salvor.record.v1.TaskParked;
import io.salvor.record.v1.TaskPaused;
import io.salvor.record.v1.TaskReopened;
import io.salvor.record.v1.TaskShellOpened;
import io.salvor.record.v1.TaskSkipped;

/// Records about a task as such.
final class TaskKinds {
  static final Kind.Current<TaskFact, ?, ?> CREATED =
      new Kind.Current<>(
          "salvor.task.created.v1",
          Created.class,
          fact ->
              TaskCreated.newBuilder()
                  .setNumber(fact.display().number())
                  .setSpec(SpecValues.spec(fact.spec()))
                  .addAllWaitingFor(Scalars.tasks(fact.waitingFor()))
                  .build(),
          TaskCreated.parser(),
          stored ->
              new Created(
                  new DisplayId(stored.getNumber()),
                  SpecValues.spec(stored.getSpec()),
                  Scalars.tasksOf(stored.getWaitingForList())));

  static final Kind.Current<TaskFact, ?, ?> DEPENDENCY_MET =
      new Kind.Current<>(
          "salvor.task.dependency_met.v1",
          DependencyMet.class,
          fact ->
              TaskDependencyMet.newBuilder().setDependency(Scalars.task(fact.dependency())).build(),
          TaskDependencyMet.parser(),
          stored -> new DependencyMet(Scalars.task(stored.getDependency())));

  static final Kind.Current<TaskFact, ?, ?> DISPATCHED =
      new Kind.Current<>(
          "salvor.task.dispatched.v1",
          Dispatched.class,
          fact ->
              TaskDispatched.newBuilder()
                  .setMode(SpecValues.START_MODE.stored(fact.start().mode()))
                  .setFailedStarts(fact.start().failedStarts())
                  .setRetries(fact.start().retries())
                  .build(),
          TaskDispatched.parser(),
          stored ->
              new Dispatched(
                  new Start(
                      SpecValues.START_MODE.ours(stored.getMode()),
                      stored.getFailedStarts(),
                      stored.getRetries())));

  static final Kind.Current<TaskFact, ?, ?> PARKED =
      new Kind.Current<>(
          "salvor.task.parked.v1",
          Parked.class,
          fact ->
              TaskParked.newBuilder()
                  .setNotBefore(Scalars.time(fact.notBefore()))
                  .setMode(SpecValues.START_MODE.stored(fact.start().mode()))
                  .setFailedStarts(fact.start().failedStarts())
                  .setRetries(fact.start().retries())
                  .setWhy(fact.why())
                  .build(),
          TaskParked.parser(),
          stored ->
              new Parked(
                  Scalars.time(stored.getNotBefore()),
                  new Start(
                      SpecValues.START_MODE.ours(stored.getMode()),
                      stored.getFailedStarts(),
                      stored.getRetries()),
                  stored.getWhy()));

  static final Kind.Current<TaskFact, ?, ?> PAUSED =
      new Kind.Current<>(
          "salvor.task.paused.v1",
          Paused.class,
          fact -> TaskPaused.newBuilder().setReason(fact.reason()).build(),
          TaskPaused.parser(),
          stored -> new Paused(stored.getReason()));

  static final Kind.Current<TaskFact, ?, ?> BLOCKED =
      new Kind.Current<>(
          "salvor.task.blocked.v1",
          Blocked.class,
          fact -> TaskBlocked.newBuilder().setQuestion(fact.question()).build(),
          TaskBlocked.parser(),
          stored -> new Blocked(stored.getQuestion()));

  static final Kind.Current<TaskFact, ?, ?> FAILED =
      new Kind.Current<>(
          "salvor.task.failed.v1",
          Failed.class,
          fact -> TaskFailed.newBuilder().setEnding(RunValues.ending(fact.ending())).build(),
          TaskFailed.parser(),
          stored -> new Failed(RunValues.ending(stored.getEnding())));

  static final Kind.Current<TaskFact, ?, ?> REOPENED =
      new Kind.Current<>(
          "salvor.task.reopened.v1",
          Reopened.class,
          fact -> TaskReopened.newBuilder().setReason(fact.reason()).build(),
          TaskReopened.parser(),
          stored -> new Reopened(stored.getReason()));

  static final Kind.Current<TaskFact, ?, ?> CANCELLED =
      new Kind.Current<>(
          "salvor.task.cancelled.v1",
          Cancelled.class,
          fact -> TaskCancelled.newBuilder().setReason(fact.reason()).build(),
          TaskCancelled.parser(),
          stored -> new Cancelled(stored.getReason()));

  static final Kind.Current<TaskFact, ?, ?> SKIPPED =
      new Kind.Current<>(
          "salvor.task.skipped.v1",
          Skipped.class,
          fact -> TaskSkipped.newBuilder().setReason(fact.reason()).build(),
          TaskSkipped.parser(),
          stored -> new Skipped(stored.getReason()));

  static final Kind.Current<TaskFact, ?, ?> COMMENTED =
      new Kind.Current<>(
          "salvor.task.commented.v1",
          Commented.class,
          fact -> TaskCommented.newBuilder().setText(fact.text()).build(),
          TaskCommented.parser(),
          stored -> new Commented(stored.getText()));

  static final Kind.Current<TaskFact, ?, ?> ANSWERED =
      new Kind.Current<>(
          "salvor.task.answered.v1",
          Answered.class,
          fact -> TaskAnswered.newBuilder().setText(fact.text()).build(),
          TaskAnswered.parser(),
          stored -> new Answered(stored.getText()));

  static final Kind.Current<TaskFact, ?, ?> SHELL_OPENED =
      new Kind.Current<>(
          "salvor.task.shell_opened.v1",
          ShellOpened.class,
          fact -> TaskShellOpened.newBuilder().addAllProgram(fact.program()).build(),
          TaskShellOpened.parser(),
          stored -> new ShellOpened(stored.getProgramList()));

  static final Kind.Current<TaskFact, ?, ?> BUDGET_CHANGED =
      new Kind.Current<>(
          "salvor.task.budget_changed.v1",
          BudgetChanged.class,
          fact -> TaskBudgetChanged.newBuilder().setCostMicroUsd(fact.cost().value()).build(),
          TaskBudgetChanged.parser(),
          stored -> new BudgetChanged(new MicroUsd(stored.getCostMicroUsd())));

  static final Kind.Current<TaskFact, ?, ?> LIMIT_NEARED =
      new Kind.Current<>(
          "salvor.task.limit_neared.v1",
          LimitNeared.class,
          TaskKinds::neared,
          TaskLimitNeared.parser(),
          TaskKinds::neared);

  static final Kind.Current<TaskFact, ?, ?> EDITED =
      new Kind.Current<>(
          "salvor.task.edited.v1",
          Edited.class,
          fact ->
              TaskEdited.newBuilder()
                  .addAllChanges(fact.changes().stream().map(ChangeValues::change).toList())
                  .build(),
          TaskEdited.parser(),
          stored ->
              new Edited(stored.getChangesList().stream().map(ChangeValues::change).toList()));

  static final Kind.Current<TaskFact, ?, ?> DEPENDENCIES_CHANGED =
      new Kind.Current<>(
          "salvor.task.dependencies_changed.v1",
          DependenciesChanged.class,
          fact ->
              TaskDependenciesChanged.newBuilder()
                  .addAllWaitingFor(Scalars.tasks(fact.waitingFor()))
                  .build(),
          TaskDependenciesChanged.parser(),
          stored -> new DependenciesChanged(Scalars.tasksOf(stored.getWaitingForList())));

  static final Same<Meter, io.salvor.record.v1.Meter> METER =
      Same.of(Meter.class, io.salvor.record.v1.Meter.class, "METER_");

  private TaskKinds() {}

  static TaskLimitNeared neared(LimitNeared fact) {
    return TaskLimitNeared.newBuilder()
        .setMeter(METER.stored(fact.meter()))
        .setPercent(fact.percent())
        .setSpent(fact.spent())
        .setLimit(fact.limit())
        .build();
  }

  static LimitNeared neared(TaskLimitNeared stored) {
    return new LimitNeared(
        METER.ours(stored.getMeter()), stored.getPercent(), stored.getSpent(), stored.getLimit());
  }
}
