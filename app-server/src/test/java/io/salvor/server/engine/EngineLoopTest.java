package io.salvor.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.engine.EnginePolicy;
import io.salvor.domain.engine.Input;
import io.salvor.domain.engine.Once;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Request;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.StartPolicy;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskSpec;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.time.Now;
import io.salvor.domain.workspace.WorkspaceSummary;
import io.salvor.records.MemoryRecordLog;
import io.salvor.records.StoreIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLoopTest {
  private static final Actor ANN = new Actor("user:ann");
  private static final Actor BOB = new Actor("user:bob");
  private static final EnginePolicy POLICY = new EnginePolicy(4, StartPolicy.DEFAULT);

  private final HostClock hostClock = new HostClock();
  private final AtomicInteger failingLooks = new AtomicInteger();
  private final Clock clock = this::now;
  private final ScriptedWorld world = new ScriptedWorld();
  private final FailingLog log = new FailingLog();
  private final List<Throwable> broken = new CopyOnWriteArrayList<>();
  private @TempDir Path home;
  private EngineLoop engine;
  private EffectRunner effects;

  @BeforeEach
  void start() {
    start(new EngineCore(POLICY, log.restore()), false);
  }

  private void startAgain() {
    start(new EngineCore(POLICY, log.restore()), true);
  }

  private void start(EngineCore core, boolean again) {
    effects =
        new EffectRunner(
            new World("lineage", world, world, world, _ -> "the brief", new SetupMarks(home)),
            clock,
            Optional.of(Duration.ofMillis(1)));
    engine = new EngineLoop(core, log, effects, _ -> {}, broken::add);
    effects.reportTo(engine);
    Thread.ofPlatform().daemon().start(engine);
    if (again) {
      engine.reconcile(true);
    }
  }

  /// The clock fails whoever looks after the limits as often as it was told to.
  private Now now() {
    if (Thread.currentThread().getName().equals("limit-guard")
        && failingLooks.getAndUpdate(it -> Math.max(0, it - 1)) > 0) {
      throw new OutOfMemoryError("unable to create native thread: possibly out of memory");
    }
    return hostClock.now();
  }

  @AfterEach
  void stop() throws InterruptedException {
    effects.stop(Duration.ofSeconds(5));
    engine.stop();
    assertThat(broken).isEmpty();
  }

  @Test
  void a_dispatched_task_goes_through_its_agent_to_review_and_is_merged_for_another_actor() {
    TaskId task = create(true);
    await().until(() -> state(task) == Kind.REVIEW);

    Reply self = ask(new Actor("agent:command"), approve(task));
    assertThat(self).isInstanceOf(Reply.Refused.class);

    assertThat(ask(BOB, approve(task))).isInstanceOf(Reply.Done.class);
    await().until(() -> state(task) == Kind.MERGED);
  }

  @Test
  void the_gates_of_a_task_that_is_cancelled_are_ended() {
    TaskId task = new TaskId(UUID.randomUUID());
    assertThat(ask(ANN, creation(task, true, "hang"))).isInstanceOf(Reply.Done.class);
    await().until(() -> world.gatesRunning.get() == 1);

    assertThat(ask(ANN, new TaskCommand.Cancel(task, "not wanted"))).isInstanceOf(Reply.Done.class);

    await().until(() -> world.gatesRunning.get() == 0);
    assertThat(state(task)).isEqualTo(Kind.CANCELLED);
  }

  /// Z20.
  @Test
  void gates_that_uncommitted_files_may_have_helped_run_again_on_the_commit_that_is_merged() {
    merge(creation(new TaskId(UUID.randomUUID()), true, "test"));
    assertThat(world.ranIn).containsExactly("/w");

    world.uncommittedFiles = 1;
    merge(creation(new TaskId(UUID.randomUUID()), true, "test"));
    assertThat(world.ranIn).containsExactly("/w", "/w", "/trial");
  }

  @Test
  void a_fresh_start_runs_the_set_up_again_and_a_resumed_one_does_not() {
    var setup = new TaskSpec.Preparation(List.of(), List.of("set up"), Duration.ofMinutes(1));
    TaskId task = new TaskId(UUID.randomUUID());
    assertThat(ask(ANN, creation(task, Limits.DEFAULT, true, setup)))
        .isInstanceOf(Reply.Done.class);
    await().until(() -> state(task) == Kind.REVIEW);
    again(task, StartMode.RESUME);
    assertThat(world.ranIn).hasSize(1);

    again(task, StartMode.FRESH);
    assertThat(world.ranIn).hasSize(2);
  }

  private void again(TaskId task, StartMode mode) {
    assertThat(ask(BOB, new TaskCommand.Reject(task, "no"))).isInstanceOf(Reply.Done.class);
    assertThat(ask(BOB, new TaskCommand.Reopen(task, "again"))).isInstanceOf(Reply.Done.class);
    assertThat(ask(BOB, new TaskCommand.Dispatch(task, mode, Optional.empty())))
        .isInstanceOf(Reply.Done.class);
    await().until(() -> state(task) == Kind.REVIEW);
  }

  private void merge(TaskCommand.Create creation) {
    assertThat(ask(ANN, creation)).isInstanceOf(Reply.Done.class);
    await().until(() -> state(creation.task()) == Kind.REVIEW);
    assertThat(ask(BOB, approve(creation.task()))).isInstanceOf(Reply.Done.class);
    await().until(() -> state(creation.task()) == Kind.MERGED);
  }

  @Test
  void a_caller_is_told_that_the_log_failed_and_nothing_of_its_wish_is_kept() {
    log.failing = true;
    TaskId lost = new TaskId(UUID.randomUUID());
    assertThatThrownBy(
            () -> engine.offer(new Input.Ask(ANN, clock.now(), creation(lost, false))).get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(LogUnavailable.class);

    log.failing = false;
    TaskId kept = create(false);
    assertThat(log.load(lost)).isEmpty();
    assertThat(log.load(kept).orElseThrow().task().display()).hasToString("TASK-0001");
  }

  @Test
  void what_an_effect_found_reaches_the_log_when_the_disk_has_room_again() {
    world.exitAtOnce = false;
    TaskId task = create(true);
    await().until(() -> state(task) == Kind.RUNNING);
    log.failing = true;
    world.mayExit.values().forEach(latch -> latch.countDown());
    await().until(() -> log.refused.get() > 0);
    log.failing = false;
    await().until(() -> state(task) == Kind.REVIEW);
  }

  @Test
  void after_a_restart_the_same_agent_is_followed_and_no_second_one_is_started()
      throws InterruptedException {
    world.exitAtOnce = false;
    TaskId task = create(true);
    await().until(() -> state(task) == Kind.RUNNING);
    effects.stop(Duration.ofSeconds(5));
    engine.stop();

    startAgain();
    world.mayExit.values().forEach(latch -> latch.countDown());
    await().until(() -> state(task) == Kind.REVIEW);
    assertThat(world.spawns).hasValue(1);
  }

  /// Z1.
  @Test
  void an_error_of_one_effect_is_its_own_and_the_effect_is_tried_again() {
    for (Error mine :
        List.of(
            new StackOverflowError(),
            new AssertionError("a bug"),
            new OutOfMemoryError("unable to create native thread: possibly out of memory"))) {
      world.trouble.set(mine);
      TaskId task = create(true);
      await()
          .until(() -> {
            engine.reconcile(false);
            return state(task) == Kind.REVIEW;
          });
    }
    assertThat(broken).isEmpty();
  }

  /// Z1.
  @Test
  void an_error_after_which_nothing_can_be_trusted_ends_the_process_and_the_next_one_goes_on()
      throws InterruptedException {
    for (Error fatal :
        List.of(new OutOfMemoryError("Java heap space"), new NoClassDefFoundError("io/X"))) {
      world.trouble.set(fatal);
      TaskId task = create(true);
      await().until(() -> broken.contains(fatal));
      broken.clear();
      effects.stop(Duration.ofSeconds(5));
      engine.stop();

      startAgain();
      await().until(() -> state(task) == Kind.REVIEW);
    }
  }

  @Test
  void an_error_of_the_log_ends_the_process() {
    log.error = new NoClassDefFoundError("io/X");
    engine.tell(new Input.Ask(ANN, clock.now(), creation(new TaskId(UUID.randomUUID()), false)));
    await().until(() -> !broken.isEmpty());
    broken.clear();
  }

  /// Z8.
  @Test
  void limits_hold_after_looks_at_them_that_failed() {
    world.exitAtOnce = false;
    failingLooks.set(3);
    TaskId task = new TaskId(UUID.randomUUID());
    Limits limits = Limits.DEFAULT.withDeadline(Duration.ofMillis(1));
    assertThat(ask(ANN, creation(task, limits, true))).isInstanceOf(Reply.Done.class);
    await().until(() -> state(task) == Kind.FAILED);
    assertThat(failingLooks).hasValue(0);
  }

  @Test
  void a_hundred_tasks_at_once_each_start_one_agent() {
    var tasks = new ArrayList<TaskId>();
    for (int i = 0; i < 100; i++) {
      tasks.add(create(true));
    }
    await().until(() -> tasks.stream().allMatch(task -> state(task) == Kind.REVIEW));
    assertThat(world.spawns).hasValue(100);
  }

  @Test
  void the_same_request_twice_makes_one_task() {
    TaskId first = new TaskId(UUID.randomUUID());
    var request = new Request(ANN, "CreateTask", "r-1", "hash");
    Reply once = reply(engine.offer(once(creation(first, false), request)));
    Reply twice =
        reply(engine.offer(once(creation(new TaskId(UUID.randomUUID()), false), request)));
    assertThat(once).isInstanceOf(Reply.Done.class);
    assertThat(twice)
        .isEqualTo(new Reply.DoneBefore(Optional.of(first), ((Reply.Done) once).seq()));
  }

  @Test
  void a_closed_task_is_read_from_the_log_when_somebody_asks_for_it() {
    TaskId task = create(false);
    ask(ANN, new TaskCommand.Cancel(task, "not wanted"));
    effects =
        new EffectRunner(
            new World("l", world, world, world, _ -> "", new SetupMarks(home)),
            clock,
            Optional.empty());
    engine.stop();
    startAgain();
    assertThat(ask(ANN, new TaskCommand.Comment(task, "a pity"))).isInstanceOf(Reply.Done.class);
    assertThat(ask(ANN, new TaskCommand.Comment(new TaskId(UUID.randomUUID()), "who?")))
        .isInstanceOf(Reply.Refused.class);
  }

  @Test
  void a_task_whose_project_does_not_come_back_gives_its_slot_away_and_waits_for_a_person_Z28() {
    world.projectGone = true;
    TaskId task = create(true);
    await()
        .until(() -> {
          engine.reconcile(false); // as each tick does
          return state(task) == Kind.FAILED;
        });
    TaskState.Failed failed = (TaskState.Failed) log.load(task).orElseThrow().task().state();
    assertThat(failed.ending().detail()).endsWith("left there and not known: the project is gone");
  }

  @Test
  void what_may_have_been_carried_out_since_the_store_was_asked_is_to_be_asked_again_Z12() {
    engine.stop();
    start(new EngineCore(POLICY, log.restore(), 1), false);
    var comment = new TaskCommand.Comment(create(false), "once");
    Input.Ask first = once(comment, new Request(ANN, "CommentTask", "r-1", "hash"));
    Input.Ask second = once(comment, new Request(ANN, "CommentTask", "r-2", "hash"));
    assertThat(reply(engine.offer(first))).isInstanceOf(Reply.Done.class);
    assertThat(reply(engine.offer(second))).isInstanceOf(Reply.Done.class);
    assertThat(engine.offer(first))
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(LogUnavailable.class)
        .withMessageContaining("cannot be told whether this request was carried out");
  }

  private static Input.Ask once(TaskCommand command, Request request) {
    return new Input.Ask(
        ANN,
        new HostClock().now(),
        command,
        Optional.of(new Once(request, 0, Optional.empty())),
        java.util.OptionalLong.empty(),
        List.of());
  }

  private TaskId create(boolean dispatch) {
    TaskId id = new TaskId(UUID.randomUUID());
    assertThat(ask(ANN, creation(id, dispatch))).isInstanceOf(Reply.Done.class);
    return id;
  }

  private static TaskCommand.Create creation(TaskId id, boolean dispatch, String... gates) {
    return creation(id, Limits.DEFAULT, dispatch, gates);
  }

  private static TaskCommand.Create creation(
      TaskId id, Limits limits, boolean dispatch, String... gates) {
    return creation(id, limits, dispatch, TaskSpec.Preparation.NONE, gates);
  }

  private static TaskCommand.Create creation(
      TaskId id,
      Limits limits,
      boolean dispatch,
      TaskSpec.Preparation preparation,
      String... gates) {
    var spec =
        new TaskSpec(
            "a task",
            "hash",
            "/p",
            Optional.of("main"),
            Optional.empty(),
            new Agent(
                "command",
                Protocol.COMMAND,
                PermissionProfile.EDIT,
                List.of("true"),
                Optional.empty()),
            limits,
            List.of(),
            preparation,
            List.of(gates));
    return new TaskCommand.Create(id, spec, "the brief", 0, dispatch);
  }

  private static TaskCommand.Approve approve(TaskId task) {
    var workspace = new WorkspaceSummary(true, Optional.of("1".repeat(40)), 1, 0, Optional.empty());
    return new TaskCommand.Approve(task, Optional.empty(), workspace, "", true);
  }

  private Reply ask(Actor actor, TaskCommand command) {
    return reply(engine.offer(new Input.Ask(actor, clock.now(), command)));
  }

  private static Reply reply(CompletableFuture<Reply> future) {
    return future.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
  }

  private Kind state(TaskId task) {
    return log.load(task).map(OpenThread::task).map(Task::kind).orElseThrow();
  }

  /// A log in memory whose disk can be full.
  private static final class FailingLog implements RecordLog {
    private final MemoryRecordLog log =
        new MemoryRecordLog(new StoreIdentity(UUID.randomUUID(), 1));
    volatile boolean failing;
    volatile @Nullable Error error;
    final AtomicInteger refused = new AtomicInteger();

    @Override
    public Restored restore() {
      return log.restore();
    }

    @Override
    public Optional<OpenThread> load(TaskId task) {
      return log.load(task);
    }

    @Override
    public Optional<Seen> find(Request request) {
      return log.find(request);
    }

    @Override
    public void appendDurably(List<Decision> decisions) {
      Error now = error;
      if (now != null) {
        throw now;
      }
      if (failing) {
        refused.incrementAndGet();
        throw new LogUnavailable(
            LogUnavailable.Kind.DISK_FULL, "no room", "make room", new RuntimeException());
      }
      log.appendDurably(decisions);
    }
  }
}
