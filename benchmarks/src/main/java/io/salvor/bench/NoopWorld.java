package io.salvor.bench;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.ShimStop;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.WatchOrder;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.workspace.BroughtIn;
import io.salvor.domain.workspace.DiffScope;
import io.salvor.domain.workspace.MergeOrder;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.MergeTrial;
import io.salvor.domain.workspace.Preparation;
import io.salvor.domain.workspace.Project;
import io.salvor.domain.workspace.ProjectView;
import io.salvor.domain.workspace.PushOrder;
import io.salvor.domain.workspace.PushOutcome;
import io.salvor.domain.workspace.Removal;
import io.salvor.domain.workspace.RescueOutcome;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceCommands;
import io.salvor.domain.workspace.WorkspaceOrder;
import io.salvor.domain.workspace.WorkspaceSummary;
import io.salvor.domain.workspace.Workspaces;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A world that costs nothing: workspaces are there at once, agents succeed at once. Thread-safe.
final class NoopWorld implements Workspaces, AgentProcesses, WorkspaceCommands {
  private static final String HEAD = "1".repeat(40);

  private final Consumer<TaskId> spawned;

  /// @param spawned told of each start of an agent
  NoopWorld(Consumer<TaskId> spawned) {
    this.spawned = spawned;
  }

  @Override
  public ProjectView inspectProject(String directory) {
    return new ProjectView.Usable(new Project(directory, Optional.of("main"), 0));
  }

  @Override
  public boolean hasBranch(String projectRoot, String name) {
    return true;
  }

  @Override
  public boolean hasCommit(String projectRoot, String revision) {
    return true;
  }

  @Override
  public Preparation prepare(WorkspaceOrder order, int attempt, boolean fresh) {
    return new Preparation.Ready(new Workspace("/w", order.branch(), "0".repeat(40)), false);
  }

  @Override
  public WorkspaceSummary inspect(WorkspaceOrder order) {
    return new WorkspaceSummary(true, Optional.of(HEAD), 1, 0, Optional.empty());
  }

  @Override
  public WorkspaceSummary snapshot(WorkspaceOrder order, int attempt) {
    return inspect(order);
  }

  @Override
  public Optional<String> save(WorkspaceOrder order, int attempt) {
    return Optional.empty();
  }

  @Override
  public String briefing(WorkspaceOrder order) {
    return "";
  }

  @Override
  public void diff(WorkspaceOrder order, DiffScope scope, boolean stat, Consumer<byte[]> pieces) {}

  @Override
  public Optional<BroughtIn> bringIn(WorkspaceOrder order, String target) {
    return Optional.empty();
  }

  @Override
  public RescueOutcome rescue(WorkspaceOrder order, String message) {
    return new RescueOutcome.Refused("nothing is left here");
  }

  @Override
  public List<String> unresolved(WorkspaceOrder order) {
    return List.of();
  }

  @Override
  public MergeTrial tryMerge(WorkspaceOrder order, MergeOrder merge) {
    return new MergeTrial.NothingNew(Optional.empty());
  }

  @Override
  public void endTrial(WorkspaceOrder order) {}

  @Override
  public MergeOutcome merge(MergeOrder order) {
    return new MergeOutcome.Merged(order.commit());
  }

  @Override
  public PushOutcome push(PushOrder order) {
    return new PushOutcome.Pushed();
  }

  @Override
  public List<String> remotes(String projectRoot) {
    return List.of();
  }

  @Override
  public Removal remove(WorkspaceOrder order) {
    return new Removal.NotThere();
  }

  @Override
  public List<Registered> list(String projectRoot) {
    return List.of();
  }

  @Override
  public Spawn spawn(LaunchOrder order) {
    spawned.accept(order.attempt().task());
    return new Spawn.Started(
        new ProcessIdentity(4242, 1, "boot", order.attempt().toString()),
        new Spawn.LaunchNote(order.agent().command(), List.of(), List.of(), ""));
  }

  @Override
  public void watch(WatchOrder order, Observer observer) {}

  @Override
  public Evidence end(
      AttemptRef attempt, Agent agent, String workspace, long offset, Observer observer) {
    return new Evidence(new Exit.Status(0, true), false, true, 0, false, ShimStop.NONE, 0);
  }

  @Override
  public CommandResult run(
      AttemptRef attempt, String workspace, String shellCommand, Duration limit) {
    return new CommandResult.Exited(0, "");
  }

  @Override
  public String shellLock(TaskId task) {
    return "/dev/null";
  }

  @Override
  public Optional<String> shellIn(TaskId task) {
    return Optional.empty();
  }
}
