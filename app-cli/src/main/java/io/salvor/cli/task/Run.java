package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Reconnect;
import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Durations;
import io.salvor.v1.Agent.Launcher;
import io.salvor.v1.AnswerTaskRequest;
import io.salvor.v1.Attempt;
import io.salvor.v1.CancelTaskRequest;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.DispatchTaskRequest;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.RunEvent.Step;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One run: makes a task or finds it, follows it, has its agent started again after a failure, and
/// stops where a person is needed or nothing is left to do. For one thread.
final class Run {
  /// How long a cancelled task is waited for.
  private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(45);

  private final Context context;
  private final RunCalls calls;
  private final RunLog log;
  private final Restarts restarts;
  private final PreparedAnswers answers;
  private final Heartbeat heartbeat;
  private Optional<CreateTaskRequest> asked = Optional.empty();
  private Optional<Task> known = Optional.empty();

  Run(Context context, RunCalls calls, RunLog log, Restarts restarts, PreparedAnswers answers) {
    this.context = context;
    this.calls = calls;
    this.log = log;
    this.restarts = restarts;
    this.answers = answers;
    this.heartbeat = new Heartbeat(context.err(), context.surroundings().clock());
  }

  /// The task as it was last heard of; empty before one is known.
  Optional<Task> task() {
    return known;
  }

  /// Makes a task and has it dispatched; the same request made before has its task gone on with.
  void make(CreateTaskRequest request) throws InterruptedException {
    asked = Optional.of(request);
    known = Optional.of(calls.call(TaskServiceGrpc.getCreateTaskMethod(), request));
    goOn(Optional.empty());
  }

  /// Goes on with a task that is there.
  ///
  /// @param budget what it may spend from now on
  void goOnWith(String name, Optional<Long> budget) throws InterruptedException {
    var request = GetTaskRequest.newBuilder().setName(name).build();
    known = Optional.of(calls.call(TaskServiceGrpc.getGetTaskMethod(), request));
    goOn(budget);
  }

  /// Who starts the run again wants an agent at work again, where none is and none comes by itself.
  private void goOn(Optional<Long> budget) throws InterruptedException {
    Task task = known.orElseThrow();
    log.step(
        Step.Kind.TASK,
        task.getDisplayId()
            + "; to go on after a break: salvor run --continue "
            + task.getDisplayId()
            + (task.getAgent().getLauncher() == Launcher.TMUX
                ? "; to watch it: salvor task attach " + task.getDisplayId()
                : ""));
    boolean started = task.getAttemptsList().stream().anyMatch(Attempt::getAgentStarted);
    switch (task.getState()) {
      case READY -> {
        if (!task.getWaitsFor().hasUntilTime()) {
          dispatch(started, budget);
        }
      }
      case FAILED -> dispatch(true, budget);
      case PAUSED -> {
        if (budget.isPresent()) {
          dispatch(true, budget);
        }
      }
      default -> {
        // It goes on by itself, or waits for a person, or is over.
      }
    }
  }

  /// Follows it to its end.
  ExitCode follow() throws InterruptedException {
    while (true) {
      ExitCode exit = settle(Optional.empty());
      if (!goesOn()) {
        return exit;
      }
    }
  }

  private boolean goesOn() throws InterruptedException {
    Task task = known.orElseThrow();
    Optional<String> answer = answers.to(task);
    if (answer.isPresent()) {
      answer(task, answer.get());
      return true;
    }
    Optional<Duration> wait = restarts.next(task);
    return wait.isPresent() && restart(task, wait.get());
  }

  private void answer(Task task, String text) throws InterruptedException {
    log.step(
        Step.Kind.ANSWER,
        task.getDisplayId() + " is answered from --answers: " + Clean.line(text, 200));
    var request =
        AnswerTaskRequest.newBuilder()
            .setName(task.getName())
            .setText(text)
            .setEtag(task.getEtag())
            .setRequestId(UUID.randomUUID().toString())
            .build();
    known = Optional.of(calls.call(TaskServiceGrpc.getAnswerTaskMethod(), request));
  }

  private boolean restart(Task task, Duration wait) throws InterruptedException {
    log.step(
        Step.Kind.RESTART,
        task.getDisplayId()
            + " failed, "
            + Clean.line(task.getStateDetail(), 200)
            + "; restart "
            + (restarts.done() + 1)
            + " of "
            + restarts.most()
            + " in "
            + Durations.format(wait));
    Reconnect.rest(wait);
    restarts.begun();
    try {
      dispatch(true, Optional.empty());
      return true;
    } catch (Failure refused) {
      if (refused.exit() == ExitCode.UNAVAILABLE) {
        throw refused;
      }
      context.err().println("not started again: " + Clean.line(refused.what()));
      return false;
    }
  }

  private void dispatch(boolean resume, Optional<Long> budget) throws InterruptedException {
    var request =
        DispatchTaskRequest.newBuilder()
            .setName(known.orElseThrow().getName())
            .setResume(resume)
            .setRequestId(UUID.randomUUID().toString());
    budget.ifPresent(request::setBudgetMicroUsd);
    known = Optional.of(calls.call(TaskServiceGrpc.getDispatchTaskMethod(), request.build()));
  }

  /// Cancels the task in order and waits until nothing of its attempt lives.
  ExitCode cancel() throws InterruptedException {
    if (known.isEmpty() && asked.isPresent()) {
      // The signal came before the answer: what was asked for may have been made.
      known = Optional.of(calls.call(TaskServiceGrpc.getCreateTaskMethod(), asked.get()));
    }
    if (known.isEmpty()) {
      return ExitCode.CANCELLED;
    }
    Task task = known.get();
    log.step(
        Step.Kind.CANCEL,
        "a signal came: " + task.getDisplayId() + " is being cancelled; its work is kept");
    try {
      known =
          Optional.of(
              calls.call(
                  TaskServiceGrpc.getCancelTaskMethod(),
                  CancelTaskRequest.newBuilder()
                      .setName(task.getName())
                      .setReason("salvor run was ended by a signal")
                      .setRequestId(UUID.randomUUID().toString())
                      .build()));
    } catch (Failure refused) {
      // It came to its end by itself meanwhile, or somebody else cancels it.
      if (refused.exit() != ExitCode.WRONG_STATE) {
        throw refused;
      }
    }
    return settle(Optional.of(CANCEL_PATIENCE));
  }

  /// Follows it until it does not go on by itself.
  private ExitCode settle(Optional<Duration> limit) throws InterruptedException {
    var reconnect = new Reconnect(context, calls::ensureServer);
    Optional<Instant> end = limit.map(it -> context.surroundings().clock().instant().plus(it));
    try (var progress = new TaskProgress(context.err(), context.surroundings(), 2)) {
      TaskWatcher.Settled settled =
          new TaskWatcher(context, now -> heard(now, progress), reconnect)
              .follow(known.orElseThrow().getName(), TaskOutcomes::settled, end);
      known = Optional.of(settled.task());
      return settled.exit();
    }
  }

  private void heard(Task now, TaskProgress progress) {
    known = Optional.of(now);
    progress.accept(now);
    if (!context.surroundings().errIsTerminal()) {
      heartbeat.accept(now);
    }
    log.changed(now);
  }
}
