package io.salvor.bench;

import io.salvor.v1.DispatchTaskRequest;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// From the call that dispatches a task to the first instruction of its agent, against a bare `git
/// worktree add` and `sh -c`.
final class Dispatch implements Measurement {
  private static final Set<Task.State> UNDER_WAY =
      EnumSet.of(
          Task.State.READY,
          Task.State.QUEUED,
          Task.State.CLAIMED,
          Task.State.RUNNING,
          Task.State.STOPPING,
          Task.State.VERIFYING);

  @Override
  public void run(Scale scale, Scratch scratch, Report report) throws Exception {
    GitProject project = GitProject.make(scratch.folder("project"), scale.pick(4, 200));
    var salvor = new Samples();
    var bare = new Samples();
    try (var server = ServerProcess.start(scratch.root().resolve("home"))) {
      int warm = scale.pick(0, 5);
      for (int i = 0; i < warm + scale.pick(1, 21); i++) {
        double with = dispatched(server.client(), project, scratch.root().resolve("agent-" + i));
        double without = bare(project, scratch.root().resolve("bare-" + i));
        if (i >= warm) {
          salvor.add(with);
          bare.add(without);
        }
      }
    }
    report.ratio(
        "dispatch to the agent's first instruction", salvor.median(), bare.median(), "ms", "");
    report.plain(
        "dispatch, more than worktree and spawn", salvor.median() - bare.median(), "ms", "≤ 30 ms");
  }

  private static double dispatched(UnixClient client, GitProject project, Path stamp)
      throws IOException, InterruptedException, ExecutionException {
    var request = NewTasks.request(NewTasks.uid(), project.root(), script(stamp), false);
    String name = client.call(TaskServiceGrpc.getCreateTaskMethod(), request).get().getName();
    var dispatch = DispatchTaskRequest.newBuilder().setName(name).build();
    Instant began = Instant.now();
    var _ = client.call(TaskServiceGrpc.getDispatchTaskMethod(), dispatch).get();
    double millis = millis(began, stamp);
    var get = GetTaskRequest.newBuilder().setName(name).build();
    while (UNDER_WAY.contains(
        client.call(TaskServiceGrpc.getGetTaskMethod(), get).get().getState())) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    return millis;
  }

  private static double bare(GitProject project, Path stamp)
      throws IOException, InterruptedException {
    Path worktree = stamp.resolveSibling(stamp.getFileName() + "-tree");
    Instant began = Instant.now();
    project.git(
        "worktree", "add", "-q", "-b", stamp.getFileName().toString(), worktree.toString(), "HEAD");
    GitProject.run(worktree, List.of("sh", "-c", script(stamp)));
    return millis(began, stamp);
  }

  private static String script(Path stamp) {
    return "date +%s%N > '" + stamp + "'";
  }

  /// Waits for the stamp.
  private static double millis(Instant began, Path stamp) throws IOException {
    while (!Files.exists(stamp) || Files.size(stamp) == 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    long nanos = Long.parseLong(Files.readString(stamp).strip());
    Instant first = Instant.EPOCH.plusNanos(nanos);
    return ChronoUnit.MICROS.between(began, first) / 1e3;
  }
}
