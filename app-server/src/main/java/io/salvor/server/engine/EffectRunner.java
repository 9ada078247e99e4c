package io.salvor.server.engine;

import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.ProcessesUnavailable;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.WatchOrder;
import io.salvor.domain.engine.Effect;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.StopCause;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState.Claimed;
import io.salvor.domain.task.TaskState.Merging;
import io.salvor.domain.task.TaskState.Running;
import io.salvor.domain.task.TaskState.Stopping;
import io.salvor.domain.task.TaskState.Verifying;
import io.salvor.domain.workspace.MergeOrder;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceSummary;
import io.salvor.domain.workspace.WorkspacesUnavailable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Carries effects out, each on a virtual thread, one after the other for each task. Started from the engine's thread.
public final class EffectRunner implements EngineLoop.Effects {
  private static final Logger log = LoggerFactory.getLogger(EffectRunner.class);
  private static final Duration LOOK_AT_THE_CLOCK_EVERY = Duration.ofMillis(200);

  /// Time for one gate.
  private static final Duration GATE_LIMIT = Duration.ofMinutes(5);

  private final World world;
  private final Clock clock;
  private final Preparing preparing;
  private final Map<TaskId, UnderWay> underWay = new HashMap<>();
  private @Nullable Reporter reporter;

  public EffectRunner(World world, Clock clock) {
    this.world = world;
    this.clock = clock;
    this.preparing = new Preparing(world);
  }

  /// Says whom to report to; called once, before the loop runs.
  public void reportTo(EngineLoop engine) {
    reporter = new Reporter(engine, clock);
  }

  private record UnderWay(Thread thread, Effect effect) {}

  @Override
  public void start(Effect effect, boolean afterStart) {
    TaskId id = effect.task().id();
    synchronized (underWay) {
      UnderWay before = underWay.get(id);
      if (before != null && mayBeCutShort(before.effect().kind())) {
        before.thread().interrupt();
      }
      Thread thread =
          Thread.ofVirtual()
              .name(effect.kind() + " " + effect.task().display())
              .unstarted(() -> runAfter(before, effect, afterStart));
      underWay.put(id, new UnderWay(thread, effect));
      thread.start();
    }
  }

  /// Interrupts all that can be cut short and waits for the rest; what was not done is done after the next start.
  public void stop(Duration patience) throws InterruptedException {
    Map<TaskId, UnderWay> left;
    synchronized (underWay) {
      left = Map.copyOf(underWay);
    }
    left.values().stream()
        .filter(it -> mayBeCutShort(it.effect().kind()))
        .forEach(it -> it.thread().interrupt());
    long end = System.nanoTime() + patience.toNanos();
    for (UnderWay it : left.values()) {
      it.thread().join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      it.thread().interrupt();
    }
  }

  /// A spawn, an end and a merge are carried through; a crash between their steps is survived, but not sought.
  private static boolean mayBeCutShort(Effect.Kind kind) {
    return switch (kind) {
      case WATCH, VERIFY, PREPARE -> true;
      case SPAWN, END, MERGE -> false;
    };
  }

  private void runAfter(@Nullable UnderWay before, Effect effect, boolean afterStart) {
    MDC.put("thread", "task/" + effect.task().id());
    MDC.put("task", effect.task().display().toString());
    try {
      if (before != null) {
        before.thread().join();
      }
      run(effect, afterStart);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (WorkspacesUnavailable e) {
      lost(effect, e, e.hint());
    } catch (ProcessesUnavailable e) {
      lost(effect, e, e.hint());
    } catch (RuntimeException e) {
      lost(effect, e, "");
    } finally {
      synchronized (underWay) {
        underWay.computeIfPresent(
            effect.task().id(), (_, now) -> now.effect() == effect ? null : now);
      }
    }
  }

  private void lost(Effect effect, RuntimeException e, String hint) {
    log.error(
        "{} of {} came to nothing and is tried again: {} {}",
        effect.kind(),
        effect.task().display(),
        e.getMessage(),
        hint,
        e);
    reporter().lost(effect);
  }

  private void run(Effect effect, boolean afterStart) throws InterruptedException {
    Task task = effect.task();
    Optional<Finding> finding =
        switch (task.state()) {
          case Claimed claimed when claimed.workspace().isEmpty() ->
              Optional.of(new Finding.Prepared(preparing.prepare(task, claimed.attempt())));
          case Claimed claimed ->
              Optional.of(
                  new Finding.SpawnTried(spawn(task, claimed, claimed.workspace().orElseThrow())));
          case Running running -> watch(effect, running, afterStart);
          case Stopping stopping -> Optional.of(end(effect, stopping));
          case Verifying verifying -> Optional.of(verify(task, verifying));
          case Merging merging -> Optional.of(merge(task, merging));
          default -> Optional.empty();
        };
    if (finding.isPresent()) {
      reporter().report(effect, finding.get());
    }
  }

  private Spawn spawn(Task task, Claimed claimed, Workspace workspace) {
    StartMode mode = claimed.attempt().mode();
    String briefing =
        mode == StartMode.RESUME
            ? world.workspaces().briefing(task.workspaceOrder(world.lineage()))
            : "";
    String brief = world.documents().text(task.spec().briefHash());
    Limits limits = task.spec().limits();
    return world
        .processes()
        .spawn(
            new LaunchOrder(
                claimed.attempt().ref(),
                task.display(),
                task.spec().agent(),
                workspace.path(),
                task.spec().project(),
                Prompt.text(task, mode, brief, briefing),
                Optional.empty(),
                limits));
  }

  private Optional<Finding> watch(Effect effect, Running running, boolean afterStart)
      throws InterruptedException {
    if (afterStart) {
      reporter().report(effect, new Finding.Followed());
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
    Thread guard = Thread.ofVirtual().start(() -> guard(effect, attention));
    try {
      world
          .processes()
          .watch(
              new WatchOrder(
                  running.attempt().ref(),
                  task.spec().agent(),
                  running.process(),
                  running.progress().offset()),
              new AttemptObserver(effect, reporter(), attention, clock));
    } finally {
      guard.interrupt();
    }
    return Optional.of(new Finding.Exited());
  }

  /// Looks at the clock beside the watcher until a limit of time is reached.
  private void guard(Effect effect, Attention attention) {
    try {
      Optional<StopCause> cause = attention.reached(clock.now());
      while (cause.isEmpty()) {
        Thread.sleep(LOOK_AT_THE_CLOCK_EVERY);
        cause = attention.reached(clock.now());
      }
      reporter().report(effect, new Finding.LimitReached(cause.get()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Finding end(Effect effect, Stopping stopping) throws InterruptedException {
    Task task = effect.task();
    var attention =
        new Attention(task.spec().limits(), clock.now(), true, clock.now());
    Evidence evidence =
        world
            .processes()
            .end(
                stopping.attempt().ref(),
                task.spec().agent(),
                stopping.workspace().map(Workspace::path).orElse(""),
                stopping.progress().offset(),
                new AttemptObserver(effect, reporter(), attention, clock));
    WorkspaceSummary left =
        world
            .workspaces()
            .snapshot(task.workspaceOrder(world.lineage()), stopping.attempt().ref().number());
    if (undoes(task, stopping, left)) {
      world.workspaces().remove(task.workspaceOrder(world.lineage()));
    }
    return new Finding.Gone(evidence, left);
  }

  /// A start that failed for good, of a task on which nobody has worked, leaves no workspace behind.
  private static boolean undoes(Task task, Stopping stopping, WorkspaceSummary left) {
    return stopping.cause() == StopCause.START_FAILED
        && task.lastStarted().isEmpty()
        && left.clean()
        && left.commitsAhead() == 0;
  }

  private Finding verify(Task task, Verifying verifying) throws InterruptedException {
    for (String gate : task.spec().gates()) {
      var result =
          world
              .commands()
              .run(verifying.attempt().ref(), verifying.workspace().path(), gate, GATE_LIMIT);
      Optional<String> failure = CommandFailure.of(result);
      if (failure.isPresent()) {
        return new Finding.GatesRan(Optional.of("gate `" + gate + "` " + failure.get()));
      }
    }
    return new Finding.GatesRan(Optional.empty());
  }

  private Finding merge(Task task, Merging merging) {
    String message =
        "Merge "
            + task.branch()
            + ": "
            + task.spec().title()
            + "\n\nApproved by "
            + merging.by()
            + " at "
            + merging.head();
    return new Finding.MergeTried(
        world
            .workspaces()
            .merge(
                new MergeOrder(
                    task.spec().project(),
                    task.display(),
                    task.branch(),
                    merging.head(),
                    merging.target(),
                    message)));
  }

  private Reporter reporter() {
    if (reporter == null) {
      throw new IllegalStateException("nobody to report to yet");
    }
    return reporter;
  }
}
