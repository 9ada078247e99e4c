package io.salvor.server.grpc;

import com.google.protobuf.Any;
import com.google.rpc.PreconditionFailure;
import io.grpc.stub.StreamObserver;
import io.salvor.domain.agent.AgentPrograms;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.workspace.Removal;
import io.salvor.domain.workspace.Workspaces.Registered;
import io.salvor.domain.workspace.WorkspacesUnavailable;
import io.salvor.server.engine.World;
import io.salvor.server.errors.Errors;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.ListWorkspacesRequest;
import io.salvor.v1.ListWorkspacesResponse;
import io.salvor.v1.OpenShellRequest;
import io.salvor.v1.OpenShellResponse;
import io.salvor.v1.PruneResult;
import io.salvor.v1.PruneWorkspacesRequest;
import io.salvor.v1.PruneWorkspacesResponse;
import io.salvor.v1.RemoveWorkspaceRequest;
import io.salvor.v1.RemoveWorkspaceResponse;
import io.salvor.v1.UnreachableProject;
import io.salvor.v1.Workspace;
import io.salvor.v1.WorkspaceServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// WorkspaceService. Each call has a thread of its own.
final class WorkspaceCalls extends WorkspaceServiceGrpc.WorkspaceServiceImplBase {
  private final World world;
  private final TaskLookup lookup;
  private final Commands commands;
  private final Shells shells;

  WorkspaceCalls(World world, AgentPrograms programs, TaskLookup lookup, Commands commands) {
    this.world = world;
    this.lookup = lookup;
    this.commands = commands;
    this.shells = new Shells(world, programs, lookup, commands);
  }

  @Override
  public void openShell(OpenShellRequest request, StreamObserver<OpenShellResponse> observer) {
    Call.command(observer, () -> shells.open(request));
  }

  @Override
  public void listWorkspaces(
      ListWorkspacesRequest request, StreamObserver<ListWorkspacesResponse> observer) {
    Call.unary(observer, () -> list(request));
  }

  private ListWorkspacesResponse list(ListWorkspacesRequest request) {
    var all = new ArrayList<Workspace>();
    var unreachable = new ArrayList<UnreachableProject>();
    registered(request.getProject(), unreachable)
        .forEach((project, there) -> there.forEach(it -> all.add(message(project, it))));
    int size = Pages.size(request.getPageSize());
    int from = (int) Math.min(all.size(), Pages.number(request.getPageToken(), 0));
    int to = Math.min(all.size(), from + size);
    var page = ListWorkspacesResponse.newBuilder().addAllWorkspaces(all.subList(from, to));
    return to < all.size()
        ? page.setNextPageToken(Integer.toString(to)).build()
        : page.addAllUnreachable(unreachable).build();
  }

  /// What each project has registered. Where all are meant, one that cannot be read keeps nobody
  /// from the others.
  private SortedMap<String, List<Registered>> registered(
      String directory, List<UnreachableProject> unreachable) {
    var found = new TreeMap<String, List<Registered>>();
    if (!directory.isEmpty()) {
      String root = SettingsOfProjects.project(world.workspaces(), "project", directory).root();
      found.put(root, world.workspaces().list(root));
      return found;
    }
    for (String project : lookup.projects()) {
      try {
        found.put(project, world.workspaces().list(project));
      } catch (WorkspacesUnavailable e) {
        unreachable.add(
            UnreachableProject.newBuilder()
                .setProject(project)
                .setDetail(String.valueOf(e.getMessage()))
                .setHint(e.hint())
                .build());
      }
    }
    return found;
  }

  private Workspace message(String project, Registered registered) {
    var message =
        Workspace.newBuilder()
            .setDisplayId(registered.display().toString())
            .setPath(registered.path())
            .setProject(project)
            .setBranch("task/" + registered.display())
            .setPresent(registered.present())
            .setOwner(registered.owner())
            .setOwned(isOurs(registered));
    task(registered)
        .ifPresent(task ->
            message
                .setName(Names.workspace(task.id()))
                .setTaskState(TaskMessages.state(task.kind())));
    return message.build();
  }

  private boolean isOurs(Registered registered) {
    return registered.owner().equals(world.lineage());
  }

  private Optional<Task> task(Registered registered) {
    return isOurs(registered) ? lookup.byDisplay(registered.display()) : Optional.empty();
  }

  @Override
  public void removeWorkspace(
      RemoveWorkspaceRequest request, StreamObserver<RemoveWorkspaceResponse> observer) {
    Call.unary(observer, () -> remove(request));
  }

  private RemoveWorkspaceResponse remove(RemoveWorkspaceRequest request)
      throws InterruptedException {
    Task task = lookup.task(lookup.id(Names.parseWorkspace(request.getName())));
    return switch (remove(task)) {
      case Removal.Removed removed ->
          RemoveWorkspaceResponse.newBuilder()
              .setPath(path(task))
              .addAllIgnoredFiles(removed.ignoredFiles())
              .build();
      case Removal.NotThere _ ->
          throw Errors.failure(
              ErrorReason.Code.WORKSPACE_NOT_FOUND,
              task.display() + " has no workspace",
              "salvor workspace list");
      case Removal.Kept(var reasons) -> throw kept(task, reasons);
    };
  }

  private Removal remove(Task task) throws InterruptedException {
    if (task.kind().holdsSlot()) {
      return new Removal.Kept(List.of("an attempt is at work in it"));
    }
    Removal removal = world.workspaces().remove(task.workspaceOrder(world.lineage()));
    if (removal instanceof Removal.Removed) {
      commands.note(new TaskCommand.NoteWorkspaceRemoved(task.id()));
    }
    return removal;
  }

  /// One that cannot be read is kept, and keeps nobody from the next.
  private Removal removeIfReadable(Task task) throws InterruptedException {
    try {
      return remove(task);
    } catch (WorkspacesUnavailable e) {
      return new Removal.Kept(List.of(String.valueOf(e.getMessage())));
    }
  }

  private static RuntimeException kept(Task task, List<String> reasons) {
    var failure = PreconditionFailure.newBuilder();
    reasons.forEach(reason ->
        failure.addViolations(
            PreconditionFailure.Violation.newBuilder()
                .setType("WORKSPACE")
                .setSubject(path(task))
                .setDescription(reason)));
    return Errors.build(
        ErrorReason.Code.WORKSPACE_KEPT,
        "the workspace of " + task.display() + " is kept: " + String.join("; ", reasons),
        "commit or remove what is named, then salvor workspace remove " + task.display(),
        Any.pack(failure.build()));
  }

  private static String path(Task task) {
    return task.workspace().map(it -> it.path()).orElse("");
  }

  @Override
  public void pruneWorkspaces(
      PruneWorkspacesRequest request, StreamObserver<PruneWorkspacesResponse> observer) {
    Call.unary(observer, () -> prune(request));
  }

  private PruneWorkspacesResponse prune(PruneWorkspacesRequest request)
      throws InterruptedException {
    var response = PruneWorkspacesResponse.newBuilder();
    var unreachable = new ArrayList<UnreachableProject>();
    for (var project : registered(request.getProject(), unreachable).entrySet()) {
      for (Registered registered : project.getValue()) {
        Optional<Task> task = task(registered).filter(it -> it.kind().isFinal());
        if (task.isPresent()) {
          Workspace workspace = message(project.getKey(), registered);
          response.addResults(prune(task.get(), workspace, request.getValidateOnly()));
        }
      }
    }
    return response.addAllUnreachable(unreachable).build();
  }

  private PruneResult prune(Task task, Workspace workspace, boolean onlySay)
      throws InterruptedException {
    var result = PruneResult.newBuilder().setWorkspace(workspace);
    if (onlySay) {
      return result.setOutcome(PruneResult.Outcome.REMOVED).build();
    }
    return switch (removeIfReadable(task)) {
      case Removal.Removed removed ->
          result
              .setOutcome(PruneResult.Outcome.REMOVED)
              .addAllIgnoredFiles(removed.ignoredFiles())
              .build();
      case Removal.NotThere _ -> result.setOutcome(PruneResult.Outcome.NOT_THERE).build();
      case Removal.Kept(var reasons) ->
          result.setOutcome(PruneResult.Outcome.KEPT).addAllReasons(reasons).build();
    };
  }
}
