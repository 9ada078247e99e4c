package io.salvor.server.engine;

import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.WatchOrder;
import io.salvor.domain.engine.Effect;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Resuming;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.StopCause;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.task.TaskState.Claimed;
import io.salvor.domain.task.TaskState.Merged;
import io.salvor.domain.task.TaskState.Merging;
import io.salvor.domain.task.TaskState.Running;
import io.salvor.domain.task.TaskState.Stopping;
import io.salvor.domain.task.TaskState.Verifying;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.Preparation;
import io.salvor.domain.workspace.PushOrder;
import io.salvor.domain.workspace.PushOutcome;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceProblem;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What each kind of effect does in the world. Every step may be done again. Thread-safe; blocks.
final class EffectSteps {
  private static final Logger log = LoggerFactory.getLogger(EffectSteps.class);

  private final World world;
  private final Clock clock;
  private final Preparing preparing;
  private final Verification verification;
  private final GatedMerge merge;
  private final LimitGuard guard;
  private final WorkSaver saver;

  EffectSteps(World world, Clock clock, Optional<Duration> saveWorkEvery) {
    this.world = world;
    this.clock = clock;
    this.preparing = new Preparing(world);
    this.verification = new Verification(world);
    this.merge = new GatedMerge(world);
    this.guard = new LimitGuard(clock);
    this.saver = new WorkSaver(world.workspaces(), saveWorkEvery);
  }

  /// Carries the effect out.
  ///
  /// @return what was found at its end
  Optional<Finding> run(Effect effect, boolean afterStart, Reporter reporter)
      throws InterruptedException {
    Task task = effect.task();
    return switch (task.state()) {
      case TaskState.Ready ready when ready.resetting() ->
          ready.reset().map(it -> preparing.putBack(task, it));
      case Claimed claimed when claimed.workspace().isEmpty() ->
          Optional.of(new Finding.Prepared(preparing.prepare(task, claimed.attempt())));
      case Claimed claimed ->
          Optional.of(
              new Finding.SpawnTried(spawn(task, claimed, claimed.workspace().orElseThrow())));
      case Running running -> watch(effect, running, afterStart, reporter);
      case Stopping stopping -> Optional.of(end(effect, stopping, reporter));
      case Verifying verifying -> Optional.of(verification.run(task, verifying));
      case Merging merging -> Optional.of(merge.run(task, merging));
      case Merged merged -> merged.push().map(push -> push(task, merged, push.remote()));
      default -> Optional.empty();
    };
  }

  /// What is found where the workspace does not answer, however often it was asked: the slot goes
  /// to others, and a person is told. Nothing in the world is touched but what is left of an agent.
  ///
  /// @return empty where there is nothing but to try again
  Optional<Finding> giveUp(Effect effect, String why, String hint, Reporter reporter)
      throws InterruptedException {
    return switch (effect.task().state()) {
      case TaskState.Ready ready when ready.resetting() ->
          Optional.of(new Finding.PutBack(Optional.of(why)));
      case Claimed claimed when claimed.workspace().isEmpty() ->
          Optional.of(
              new Finding.Prepared(
                  new Preparation.Refused(
                      new WorkspaceProblem(WorkspaceProblem.Kind.GIT_FAILED, why, hint))));
      case Claimed _ ->
          Optional.of(
              new Finding.SpawnTried(
                  new Spawn.Refused(new Spawn.Problem(Spawn.Kind.FAILED, why, hint))));
      case Stopping stopping ->
          Optional.of(new Finding.GoneUnread(evidence(effect, stopping, reporter), why));
      case Verifying verifying when verifying.salvage().isPresent() ->
          Optional.of(Verification.failed(why));
      case Merging _ -> Optional.of(new Finding.MergeTried(new MergeOutcome.Failed(why)));
      case Merged _ -> Optional.of(new Finding.PushTried(new PushOutcome.Refused(why)));
      default -> Optional.empty();
    };
  }

  private Spawn spawn(Task task, Claimed claimed, Workspace workspace) {
    StartMode mode = claimed.attempt().mode();
    String briefing =
        mode != StartMode.FRESH
            ? world.workspaces().briefing(task.workspaceOrder(world.lineage()))
            : "";
    String brief = world.documents().text(task.spec().briefHash());
    Spawn spawn =
        world
            .processes()
            .spawn(
                new LaunchOrder(
                    claimed.attempt().ref(),
                    task.display(),
                    task.spec().agent(),
                    workspace.path(),
                    task.spec().project(),
                    Prompt.text(task, claimed.attempt(), brief, briefing),
                    Resuming.session(task, claimed.attempt()),
                    task.spec().limits()));
    switch (spawn) {
      case Spawn.Started started -> log.info("agent runs as pid {}", started.process().pid());
      case Spawn.Refused(var problem) -> log.warn("agent not started: {}", problem.detail());
    }
    return spawn;
  }

  private Optional<Finding> watch(
      Effect effect, Running running, boolean afterStart, Reporter reporter)
      throws InterruptedException {
    if (afterStart) {
      reporter.report(effect, new Finding.Followed());
    }
    Task task = effect.task();
    var attention =
        new Attention(
            task.spec().limits(),
            running.since(),
            running.progress().events() > 0,
            afterStart ? clock.now() : running.since());
    if (running.progress().terminal().isPresent()) {
      attention.saidLastWord(clock.now());
    }
    guard.watch(effect, attention, reporter);
    try (var _ =
        saver.during(task.workspaceOrder(world.lineage()), running.attempt().ref().number())) {
      world
          .processes()
          .watch(
              new WatchOrder(
                  running.attempt().ref(),
                  task.spec().agent(),
                  running.process(),
                  running.progress().offset()),
              new AttemptObserver(effect, reporter, attention, clock));
    } finally {
      guard.forget(effect);
    }
    return Optional.of(new Finding.Exited());
  }

  private Finding end(Effect effect, Stopping stopping, Reporter reporter)
      throws InterruptedException {
    Task task = effect.task();
    Evidence evidence = evidence(effect, stopping, reporter);
    WorkspaceSummary left =
        world
            .workspaces()
            .snapshot(task.workspaceOrder(world.lineage()), stopping.attempt().ref().number());
    if (undoes(task, stopping, left)) {
      world.workspaces().remove(task.workspaceOrder(world.lineage()));
    }
    log.info(
        "nothing of the attempt lives: {}, {} survivors ended, {} commits ahead, {} uncommitted files",
        evidence.exit(),
        evidence.survivorsKilled(),
        left.commitsAhead(),
        left.uncommittedFiles());
    return new Finding.Gone(evidence, left);
  }

  /// Ends what lives of the attempt.
  private Evidence evidence(Effect effect, Stopping stopping, Reporter reporter)
      throws InterruptedException {
    Task task = effect.task();
    var attention = new Attention(task.spec().limits(), clock.now(), true, clock.now());
    return world
        .processes()
        .end(
            stopping.attempt().ref(),
            task.spec().agent(),
            stopping.workspace().map(Workspace::path).orElse(""),
            stopping.progress().offset(),
            new AttemptObserver(effect, reporter, attention, clock));
  }

  /// A start that failed for good, of a task on which nobody has worked, leaves no workspace
  /// behind.
  private static boolean undoes(Task task, Stopping stopping, WorkspaceSummary left) {
    return stopping.cause() == StopCause.START_FAILED
        && task.lastStarted().isEmpty()
        && left.clean()
        && left.commitsAhead() == 0;
  }

  private Finding push(Task task, Merged merged, String remote) {
    PushOutcome outcome =
        world
            .workspaces()
            .push(
                new PushOrder(
                    task.spec().project(), remote, merged.target(), merged.targetCommit()));
    if (outcome instanceof PushOutcome.Refused(var detail)) {
      log.warn("{} not pushed to {}: {}", merged.target(), remote, detail);
    }
    return new Finding.PushTried(outcome);
  }
}
