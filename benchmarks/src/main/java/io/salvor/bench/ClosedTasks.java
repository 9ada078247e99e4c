package io.salvor.bench;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.ShimStop;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.engine.Answer;
import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.engine.EnginePolicy;
import io.salvor.domain.engine.Input;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.task.Observation;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.StartPolicy;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskSpec;
import io.salvor.domain.time.Now;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.Preparation;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceSummary;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// A history of tasks that all came to be merged, as the engine's core decides them. For one
/// thread.
final class ClosedTasks {
  private static final Actor AUTHOR = new Actor("user:author");
  private static final Actor REVIEWER = new Actor("user:reviewer");
  private static final String HEAD = "c".repeat(40);
  private static final int BATCH = 512;
  private static final int TOOL_CALLS = 4;

  private final EngineCore core;
  private final List<Decision> decisions = new ArrayList<>();
  private Now now =
      new Now(Instant.parse("2026-03-01T09:00:00.000001Z"), Duration.ofHours(1), "boot-1");

  private long number;

  private ClosedTasks(RecordLog.Restored before) {
    this.core = new EngineCore(new EnginePolicy(1, StartPolicy.DEFAULT), before);
    this.number = before.lastNumber();
    // Each task of before took less than this long.
    this.now = now.plus(Duration.ofMinutes(1).multipliedBy(number));
  }

  /// What was written.
  record Filled(int tasks, long records) {}

  /// Writes records into the store of a home until it has at least so many.
  static Filled fill(Path home, long records) {
    try (var store =
        SqliteStore.open(
            StoreFiles.in(home), SqliteStore.Settings.DEFAULT, InstantSource.system())) {
      return fill(store, records);
    }
  }

  /// Writes records into a store until it has at least so many.
  static Filled fill(SqliteStore store, long records) {
    RecordLog.Restored before = store.log().restore();
    var history = new ClosedTasks(before);
    long last = before.lastSeq();
    int tasks = 0;
    while (last < records) {
      history.next();
      tasks++;
      last = history.decisions.getLast().lastSeq();
      if (history.decisions.size() > BATCH || last >= records) {
        store.log().appendDurably(history.decisions);
        history.decisions.clear();
      }
    }
    return new Filled(tasks, last - before.lastSeq());
  }

  private void next() {
    number++;
    var id = new TaskId(new UUID((0x0190_0000_0000L + number) << 16 | 0x7000, 1L << 63 | number));
    Task task = ask(AUTHOR, new TaskCommand.Create(id, spec(id), brief(id), 0, true));
    var workspace = new Workspace("/work/" + task.display(), task.branch(), "d".repeat(40));
    task = saw(task, new Finding.Prepared(new Preparation.Ready(workspace, true)));
    task = saw(task, new Finding.SpawnTried(started(id)));
    for (int i = 0; i < TOOL_CALLS; i++) {
      task = saw(task, new Finding.Output(toolCall(400L * i)));
    }
    task = saw(task, new Finding.Exited());
    var left = new WorkspaceSummary(true, Optional.of(HEAD), 1, 0, Optional.empty());
    var _ = saw(task, new Finding.Gone(evidence(), left));
    task = ask(REVIEWER, new TaskCommand.Approve(id, Optional.empty(), left, "looks right", true));
    task = saw(task, new Finding.MergeTried(new MergeOutcome.Merged("9".repeat(40))));
    if (!task.kind().isClosed()) {
      throw new IllegalStateException("the task is not merged but " + task.kind());
    }
  }

  private Task ask(Actor actor, TaskCommand command) {
    return decide(
        new Input.Ask(
            actor,
            later(),
            command,
            Optional.empty(),
            OptionalLong.empty(),
            List.of(command.task())));
  }

  private Task saw(Task task, Finding finding) {
    return decide(new Input.Saw(later(), new Observation(task.id(), task.since(), finding)));
  }

  private Task decide(Input input) {
    if (core.offer(input) instanceof Answer.Decided(var decision, var task)) {
      decisions.add(decision);
      var _ = core.durableUpTo(decision.lastSeq());
      return task.orElseThrow();
    }
    throw new IllegalStateException("not decided: " + input);
  }

  private Now later() {
    now = now.plus(Duration.ofMillis(700));
    return now;
  }

  private static String brief(TaskId id) {
    return "Brief of " + id;
  }

  /// A store whose texts are not what their hashes say is damaged, and no server goes on with it.
  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static TaskSpec spec(TaskId id) {
    return new TaskSpec(
        "Task " + id,
        hash(brief(id)),
        "/work/project",
        Optional.of("main"),
        Optional.empty(),
        new Agent(
            "command",
            Protocol.COMMAND,
            PermissionProfile.EDIT,
            List.of("sh", "-c", "make"),
            Optional.empty()),
        Limits.DEFAULT,
        List.of(),
        TaskSpec.Preparation.NONE,
        List.of());
  }

  private static Spawn started(TaskId id) {
    return new Spawn.Started(
        new ProcessIdentity(4711, 1_234_567, "boot-1", "marker-" + id),
        new Spawn.LaunchNote(List.of("sh", "-c", "make"), List.of("PATH"), List.of("SECRET"), ""));
  }

  private static OutputBatch toolCall(long from) {
    return new OutputBatch(
        from,
        from + 400,
        List.of(
            new AgentEvent.ToolCalled(new ByteRange(from, 200), "call", "Bash", "make check"),
            new AgentEvent.ToolReturned(
                new ByteRange(from + 200, 200), "call", true, "e".repeat(64), "all is well")));
  }

  private static Evidence evidence() {
    return new Evidence(new Exit.Status(0, true), false, true, 1_600, false, ShimStop.NONE, 0);
  }
}
