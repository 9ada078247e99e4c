package io.salvor.server.engine;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.OutputBatch;
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
import io.salvor.domain.workspace.WorkspacesUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Agents that say one word and exit when the test lets them, in workspaces that are always there.
final class ScriptedWorld implements Workspaces, AgentProcesses, WorkspaceCommands {
  private static final String HEAD = "1".repeat(40);

  final AtomicInteger spawns = new AtomicInteger();
  final AtomicInteger gatesRunning = new AtomicInteger();
  final Set<TaskId> made = ConcurrentHashMap.newKeySet();
  final Map<AttemptRef, CountDownLatch> mayExit = new ConcurrentHashMap<>();
  final AtomicReference<@Nullable Error> trouble = new AtomicReference<>();
  final List<String> ranIn = new CopyOnWriteArrayList<>();
  volatile boolean exitAtOnce = true;
  volatile IntConsumer saving = _ -> {};
  volatile boolean projectGone;
  volatile int uncommittedFiles;

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
    return new Preparation.Ready(
        new Workspace("/w", order.branch(), "0".repeat(40)), made.add(order.task()));
  }

  @Override
  public WorkspaceSummary inspect(WorkspaceOrder order) {
    return new WorkspaceSummary(true, Optional.of(HEAD), 1, uncommittedFiles, Optional.empty());
  }

  @Override
  public WorkspaceSummary snapshot(WorkspaceOrder order, int attempt) {
    if (projectGone) {
      throw new WorkspacesUnavailable("the project is gone", "bring it back", new IOException());
    }
    return inspect(order);
  }

  @Override
  public Optional<String> save(WorkspaceOrder order, int attempt) {
    saving.accept(attempt);
    return Optional.of(HEAD);
  }

  @Override
  public String briefing(WorkspaceOrder order) {
    return "1111111 one commit";
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
    return merge.unchecked()
        ? new MergeTrial.Stands("/trial", HEAD)
        : new MergeTrial.NothingNew(Optional.empty());
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
    Error once = trouble.getAndSet(null);
    if (once != null) {
      throw once;
    }
    if (mayExit.putIfAbsent(order.attempt(), new CountDownLatch(exitAtOnce ? 0 : 1)) == null) {
      spawns.incrementAndGet();
    }
    return new Spawn.Started(
        new ProcessIdentity(4242, 1, "boot", order.attempt().toString()),
        new Spawn.LaunchNote(order.agent().command(), List.of(), List.of(), ""));
  }

  @Override
  public void watch(WatchOrder order, Observer observer) throws InterruptedException {
    CountDownLatch latch = mayExit.get(order.attempt());
    if (latch != null) {
      latch.await();
    }
    if (order.offset() == 0) {
      observer.output(
          new OutputBatch(0, 10, List.of(new AgentEvent.Said(new ByteRange(0, 10), "hello"))));
    }
  }

  @Override
  public Evidence end(
      AttemptRef attempt, Agent agent, String workspace, long offset, Observer observer) {
    return new Evidence(new Exit.Status(0, true), false, true, 10, false, ShimStop.NONE, 0);
  }

  /// A gate that says `hang` runs until it is interrupted.
  @Override
  public CommandResult run(
      AttemptRef attempt, String workspace, String shellCommand, Duration limit)
      throws InterruptedException {
    ranIn.add(workspace);
    if (shellCommand.equals("hang")) {
      try {
        gatesRunning.incrementAndGet();
        new CountDownLatch(1).await();
      } finally {
        gatesRunning.decrementAndGet();
      }
    }
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
