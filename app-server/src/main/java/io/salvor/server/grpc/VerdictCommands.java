package io.salvor.server.grpc;

import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.workspace.WorkspaceSummary;
import io.salvor.server.engine.World;
import io.salvor.server.errors.Errors;
import io.salvor.v1.ApproveTaskRequest;
import io.salvor.v1.CompleteTaskRequest;
import io.salvor.v1.MergeTaskRequest;
import io.salvor.v1.ResetTaskRequest;
import io.salvor.v1.SalvageTaskRequest;
import io.salvor.v1.VerifyTaskRequest;
import java.util.List;
import java.util.Optional;

/// Makes the commands out of requests that hand work in, judge it and merge it: each looks at the
/// project first. Thread-safe.
final class VerdictCommands {
  private final TaskLookup lookup;
  private final World world;

  VerdictCommands(TaskLookup lookup, World world) {
    this.lookup = lookup;
    this.world = world;
  }

  TaskCommand.Done of(CompleteTaskRequest request) {
    Task task = lookup.task(request.getName());
    return new TaskCommand.Done(
        task.id(),
        Texts.bounded("summary", request.getSummary()),
        Filings.domain("domain", request.getDomain()),
        request.getForce(),
        inspect(task));
  }

  TaskCommand.Salvage of(SalvageTaskRequest request) {
    Task task = lookup.task(request.getName());
    return new TaskCommand.Salvage(
        task.id(),
        Texts.bounded("summary", request.getSummary()),
        Filings.domain("domain", request.getDomain()),
        inspect(task),
        world.workspaces().unresolved(task.workspaceOrder(world.lineage())));
  }

  TaskCommand.Reset of(ResetTaskRequest request) {
    Task task = lookup.task(request.getName());
    return new TaskCommand.Reset(
        task.id(), Texts.bounded("reason", request.getReason()), inspect(task));
  }

  TaskCommand.Verify of(VerifyTaskRequest request) {
    Task task = lookup.task(request.getName());
    return new TaskCommand.Verify(task.id(), inspect(task));
  }

  TaskCommand.Approve of(ApproveTaskRequest request) {
    if (!request.getPush().isEmpty() && !request.getMerge()) {
      throw Errors.invalid("push", "a push comes after a merge, and none was asked for");
    }
    Task task = lookup.task(request.getName());
    var words =
        new TaskCommand.Words(
            Texts.bounded("notes", request.getNotes()),
            Filings.domain("domain", request.getDomain()));
    Optional<TaskCommand.Merge> merge =
        request.getMerge() ? Optional.of(merge(task, request.getPush())) : Optional.empty();
    WorkspaceSummary workspace = inspect(task);
    return new TaskCommand.Approve(
        task.id(), commit(request.getCommit(), workspace), workspace, words, merge);
  }

  TaskCommand.Merge of(MergeTaskRequest request) {
    return request.getPush().isEmpty()
        ? new TaskCommand.Merge(lookup.id(request.getName()))
        : merge(lookup.task(request.getName()), request.getPush());
  }

  /// Only to a remote that somebody configured: a task never says where its work may go.
  private TaskCommand.Merge merge(Task task, String remote) {
    if (remote.isEmpty()) {
      return new TaskCommand.Merge(task.id());
    }
    List<String> remotes = world.workspaces().remotes(task.spec().project());
    if (!remotes.contains(remote)) {
      throw Errors.invalid(
          "push",
          "'"
              + remote
              + "' is no remote of "
              + task.spec().project()
              + (remotes.isEmpty()
                  ? ", which has none"
                  : "; it has " + String.join(", ", remotes)));
    }
    return new TaskCommand.Merge(task.id(), Optional.of(remote));
  }

  /// A commit as it was named; the branch's tip where that begins with it.
  private static Optional<String> commit(String named, WorkspaceSummary workspace) {
    if (named.isEmpty()) {
      return Optional.empty();
    }
    boolean abbreviated = named.length() >= 7;
    return workspace
        .head()
        .filter(head -> abbreviated && head.startsWith(named))
        .or(() -> Optional.of(named));
  }

  private WorkspaceSummary inspect(Task task) {
    return world.workspaces().inspect(task.workspaceOrder(world.lineage()));
  }
}
