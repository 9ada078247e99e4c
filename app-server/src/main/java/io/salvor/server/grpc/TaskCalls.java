package io.salvor.server.grpc;

import com.google.protobuf.MessageLite;
import io.grpc.stub.StreamObserver;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.TaskCommand;
import io.salvor.server.engine.World;
import io.salvor.v1.Agent;
import io.salvor.v1.AnswerTaskRequest;
import io.salvor.v1.ApproveTaskRequest;
import io.salvor.v1.CancelTaskRequest;
import io.salvor.v1.CommentTaskRequest;
import io.salvor.v1.CompleteTaskRequest;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.DiagnoseTaskRequest;
import io.salvor.v1.Diagnosis;
import io.salvor.v1.DiffTaskRequest;
import io.salvor.v1.DiffTaskResponse;
import io.salvor.v1.DispatchTaskRequest;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.Limits;
import io.salvor.v1.ListTasksRequest;
import io.salvor.v1.ListTasksResponse;
import io.salvor.v1.MergeTaskRequest;
import io.salvor.v1.PauseTaskRequest;
import io.salvor.v1.RejectTaskRequest;
import io.salvor.v1.ReopenTaskRequest;
import io.salvor.v1.ResetTaskRequest;
import io.salvor.v1.ResumeTaskRequest;
import io.salvor.v1.RetryTaskRequest;
import io.salvor.v1.SalvageTaskRequest;
import io.salvor.v1.SkipTaskRequest;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.UpdateTaskRequest;
import io.salvor.v1.VerifyTaskRequest;
import io.salvor.v1.WatchTaskRequest;
import io.salvor.v1.WatchTaskResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// TaskService. Each call has a thread of its own until all it waits for is the log.
final class TaskCalls extends TaskServiceGrpc.TaskServiceImplBase {
  private final Commands commands;
  private final TaskLookup lookup;
  private final NewTask newTask;
  private final ChangedTask changedTask;
  private final VerdictCommands verdicts;
  private final TaskLists lists;
  private final TaskWatch watch;
  private final Diagnoses diagnoses;
  private final Diffs diffs;
  private final TaskMessages messages;

  TaskCalls(
      Commands commands, TaskLookup lookup, NewTask newTask, World world, TaskReading reading) {
    this.commands = commands;
    this.lookup = lookup;
    this.newTask = newTask;
    this.changedTask = new ChangedTask(newTask, lookup);
    this.verdicts = new VerdictCommands(lookup, world);
    this.lists = reading.lists();
    this.watch = reading.watch();
    this.diagnoses = reading.diagnoses();
    this.diffs = reading.diffs();
    this.messages = reading.messages();
  }

  /// The calls that change nothing.
  record TaskReading(
      TaskLists lists, TaskWatch watch, Diagnoses diagnoses, Diffs diffs, TaskMessages messages) {}

  @Override
  public void createTask(CreateTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(observer, () -> create(request));
  }

  private CompletableFuture<io.salvor.v1.Task> create(CreateTaskRequest request)
      throws InterruptedException {
    List<TaskId> dependsOn = lookup.dependencies(request.getTask().getDependsOnList());
    TaskCommand.Create command = newTask.command(request, dependsOn);
    if (request.getValidateOnly()) {
      var meant = request.toBuilder().clearValidateOnly().build();
      commands.rehearse(
          command, new Commands.Terms("CreateTask", request.getRequestId(), meant, ""));
      return CompletableFuture.completedFuture(request.getTask());
    }
    boolean madeHere = request.getTask().getUid().isEmpty();
    return commands
        .perform(
            command,
            new Commands.Terms("CreateTask", request.getRequestId(), request, ""),
            madeHere ? List.of(command.task()) : List.of())
        .thenApply(messages::of);
  }

  @Override
  public void getTask(GetTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.unary(observer, () -> lists.get(request));
  }

  @Override
  public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> observer) {
    Call.unary(observer, () -> lists.list(request));
  }

  @Override
  public void updateTask(UpdateTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                changedTask.command(request),
                "UpdateTask",
                request.getRequestId(),
                request,
                request.getTask().getEtag()));
  }

  @Override
  public void dispatchTask(
      DispatchTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                new TaskCommand.Dispatch(
                    lookup.id(request.getName()),
                    request.getResume() ? StartMode.RESUME : StartMode.FRESH,
                    budget(request.hasBudgetMicroUsd(), request.getBudgetMicroUsd()),
                    changes(request.getLimits(), request.getAgent())),
                "DispatchTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void commentTask(CommentTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                new TaskCommand.Comment(
                    lookup.id(request.getName()), Texts.required("text", request.getText())),
                "CommentTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void completeTask(
      CompleteTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                verdicts.of(request),
                "CompleteTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void salvageTask(SalvageTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                verdicts.of(request),
                "SalvageTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void approveTask(ApproveTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                verdicts.of(request),
                "ApproveTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void mergeTask(MergeTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                verdicts.of(request),
                "MergeTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void rejectTask(RejectTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                new TaskCommand.Reject(
                    lookup.id(request.getName()), Texts.bounded("reason", request.getReason())),
                "RejectTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void reopenTask(ReopenTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                new TaskCommand.Reopen(
                    lookup.id(request.getName()), Texts.bounded("reason", request.getReason())),
                "ReopenTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void retryTask(RetryTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                new TaskCommand.Retry(
                    lookup.id(request.getName()),
                    Texts.bounded("reason", request.getReason()),
                    request.getFresh(),
                    budget(request.hasBudgetMicroUsd(), request.getBudgetMicroUsd()),
                    changes(request.getLimits(), request.getAgent())),
                "RetryTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void resetTask(ResetTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                verdicts.of(request),
                "ResetTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void skipTask(SkipTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                new TaskCommand.Skip(
                    lookup.id(request.getName()), Texts.bounded("reason", request.getReason())),
                "SkipTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void verifyTask(VerifyTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                verdicts.of(request),
                "VerifyTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void pauseTask(PauseTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                new TaskCommand.Pause(
                    lookup.id(request.getName()), Texts.bounded("reason", request.getReason())),
                "PauseTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void resumeTask(ResumeTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                new TaskCommand.Resume(
                    lookup.id(request.getName()),
                    budget(request.hasBudgetMicroUsd(), request.getBudgetMicroUsd()),
                    changedTask.raised(request.getLimits())),
                "ResumeTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void answerTask(AnswerTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                new TaskCommand.Answer(
                    lookup.id(request.getName()),
                    Texts.required("text", request.getText()),
                    budget(request.hasBudgetMicroUsd(), request.getBudgetMicroUsd())),
                "AnswerTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void cancelTask(CancelTaskRequest request, StreamObserver<io.salvor.v1.Task> observer) {
    Call.command(
        observer,
        () ->
            perform(
                new TaskCommand.Cancel(
                    lookup.id(request.getName()), Texts.bounded("reason", request.getReason())),
                "CancelTask",
                request.getRequestId(),
                request,
                request.getEtag()));
  }

  @Override
  public void diagnoseTask(DiagnoseTaskRequest request, StreamObserver<Diagnosis> observer) {
    Call.unary(observer, () -> diagnoses.of(lookup.task(request.getName())));
  }

  @Override
  public void diffTask(DiffTaskRequest request, StreamObserver<DiffTaskResponse> observer) {
    Call.stream(observer, out -> diffs.send(lookup.task(request.getName()), request, out));
  }

  @Override
  public void watchTask(WatchTaskRequest request, StreamObserver<WatchTaskResponse> observer) {
    Call.stream(
        observer, out -> watch.send(lookup.id(request.getName()), request.getCursor(), out));
  }

  private List<Change> changes(Limits limits, Agent agent) {
    return Stream.concat(changedTask.raised(limits).stream(), changedTask.worker(agent).stream())
        .toList();
  }

  private static Optional<MicroUsd> budget(boolean given, long micros) {
    return given ? Optional.of(WantedLimits.money(micros)) : Optional.empty();
  }

  private CompletableFuture<io.salvor.v1.Task> perform(
      TaskCommand command, String method, String requestId, MessageLite payload, String etag) {
    return commands
        .perform(command, new Commands.Terms(method, requestId, payload, etag))
        .thenApply(messages::of);
  }
}
