package io.salvor.it.harness;

import io.grpc.Channel;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.salvor.v1.AgentServiceGrpc;
import io.salvor.v1.ApproveTaskRequest;
import io.salvor.v1.Attempt;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.DispatchTaskRequest;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.ObservationServiceGrpc;
import io.salvor.v1.ProjectServiceGrpc;
import io.salvor.v1.RecordServiceGrpc;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.WatchTaskRequest;
import io.salvor.v1.WatchTaskResponse;
import io.salvor.v1.WorkspaceServiceGrpc;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// What tests ask of a server, under one actor. Every call has a deadline.
public final class Client {
  /// Where a task waits for a person or is over: it leaves none of them by itself.
  public static final Set<Task.State> RESTING =
      EnumSet.of(
          Task.State.REVIEW,
          Task.State.APPROVED,
          Task.State.MERGED,
          Task.State.BLOCKED,
          Task.State.PAUSED,
          Task.State.NEEDS_FIX,
          Task.State.FAILED,
          Task.State.REJECTED,
          Task.State.CANCELLED,
          Task.State.SKIPPED);

  private final Channel channel;
  private final Credentials credentials;

  Client(Channel channel, Credentials credentials) {
    this.channel = channel;
    this.credentials = credentials;
  }

  public TaskServiceGrpc.TaskServiceBlockingStub tasks() {
    return ready(TaskServiceGrpc.newBlockingStub(channel));
  }

  public AgentServiceGrpc.AgentServiceBlockingStub agents() {
    return ready(AgentServiceGrpc.newBlockingStub(channel));
  }

  public RecordServiceGrpc.RecordServiceBlockingStub records() {
    return ready(RecordServiceGrpc.newBlockingStub(channel));
  }

  public InstanceServiceGrpc.InstanceServiceBlockingStub instance() {
    return ready(InstanceServiceGrpc.newBlockingStub(channel));
  }

  public WorkspaceServiceGrpc.WorkspaceServiceBlockingStub workspaces() {
    return ready(WorkspaceServiceGrpc.newBlockingStub(channel));
  }

  public ObservationServiceGrpc.ObservationServiceBlockingStub observation() {
    return ready(ObservationServiceGrpc.newBlockingStub(channel));
  }

  public ProjectServiceGrpc.ProjectServiceBlockingStub projects() {
    return ready(ProjectServiceGrpc.newBlockingStub(channel));
  }

  private <S extends AbstractStub<S>> S ready(S stub) {
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(credentials.headers()))
        .withDeadlineAfter(Await.LONG.toSeconds(), TimeUnit.SECONDS);
  }

  /// Makes a task.
  public Task create(Task.Builder task) {
    return tasks().createTask(CreateTaskRequest.newBuilder().setTask(task).build());
  }

  /// Makes a task and dispatches it in the same step.
  public Task createAndDispatch(Task.Builder task) {
    return tasks()
        .createTask(CreateTaskRequest.newBuilder().setTask(task).setDispatch(true).build());
  }

  /// Starts an attempt afresh.
  public Task dispatch(String name) {
    return tasks().dispatchTask(DispatchTaskRequest.newBuilder().setName(name).build());
  }

  /// Starts an attempt that goes on in the workspace as it stands.
  public Task dispatchResuming(String name) {
    return tasks()
        .dispatchTask(DispatchTaskRequest.newBuilder().setName(name).setResume(true).build());
  }

  /// Accepts the work and has it merged.
  public Task approveAndMerge(String name) {
    return tasks()
        .approveTask(ApproveTaskRequest.newBuilder().setName(name).setMerge(true).build());
  }

  /// Accepts the work.
  public Task approve(String name) {
    return tasks().approveTask(ApproveTaskRequest.newBuilder().setName(name).build());
  }

  public Task get(String name) {
    return tasks().getTask(GetTaskRequest.newBuilder().setName(name).build());
  }

  /// Waits, on the server's own word, until the task is in this state.
  ///
  /// @throws AssertionError as soon as it rests in another one
  public Task await(String name, Task.State wanted) {
    Task last = Task.getDefaultInstance();
    Iterator<WatchTaskResponse> changes =
        tasks().watchTask(WatchTaskRequest.newBuilder().setName(name).build());
    while (changes.hasNext()) {
      WatchTaskResponse change = changes.next();
      if (change.hasTask()) {
        last = change.getTask();
        if (last.getState() == wanted) {
          return get(name);
        }
        if (RESTING.contains(last.getState())) {
          throw new AssertionError(
              "awaited " + wanted + ", rests in " + last.getState() + ": " + last);
        }
      }
    }
    throw new AssertionError("awaited " + wanted + ", the watch ended at " + last);
  }

  /// Waits until the task is in this state with so many attempts that are over.
  public Task await(String name, Task.State wanted, int attempts) {
    Iterator<WatchTaskResponse> changes =
        tasks().watchTask(WatchTaskRequest.newBuilder().setName(name).build());
    while (changes.hasNext()) {
      WatchTaskResponse change = changes.next();
      if (change.hasTask()
          && change.getTask().getState() == wanted
          && change.getTask().getAttemptsList().stream().filter(Attempt::hasEnding).count()
              == attempts) {
        return get(name);
      }
    }
    throw new AssertionError("the watch of " + name + " ended");
  }

  /// Waits until the task waits for a person or is over.
  public Task awaitRest(String name) {
    Iterator<WatchTaskResponse> changes =
        tasks().watchTask(WatchTaskRequest.newBuilder().setName(name).build());
    while (changes.hasNext()) {
      WatchTaskResponse change = changes.next();
      if (change.hasTask() && RESTING.contains(change.getTask().getState())) {
        return get(name);
      }
    }
    throw new AssertionError("the watch of " + name + " ended");
  }

  /// Seconds and nanoseconds as the API wants them.
  public static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }
}
