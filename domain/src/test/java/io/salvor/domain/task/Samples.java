package io.salvor.domain.task;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.ShimStop;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.time.Now;
import io.salvor.domain.workspace.BroughtIn;
import io.salvor.domain.workspace.Preparation;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceProblem;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Values that tests are made of.
public final class Samples {
  public static final Actor ANN = new Actor("user:ann");
  public static final Actor BOB = new Actor("user:bob");
  public static final Agent CLAUDE =
      new Agent(
          "claude", Protocol.CLAUDE, PermissionProfile.EDIT, List.of("claude"), Optional.empty());
  public static final Agent COMMAND =
      new Agent(
          "command",
          Protocol.COMMAND,
          PermissionProfile.EDIT,
          List.of("sh", "-c", "true"),
          Optional.empty());
  public static final Now START =
      new Now(Instant.parse("2026-03-01T12:00:00Z"), Duration.ofHours(1), "boot-1");
  public static final String BASE = "0".repeat(40);
  public static final String HEAD = "a".repeat(40);
  public static final String NEWER_HEAD = "b".repeat(40);
  public static final Workspace WORKSPACE =
      new Workspace("/work/project-TASK-0001", "task/TASK-0001", BASE);
  public static final ProcessIdentity PROCESS = new ProcessIdentity(4711, 99, "boot-1", "marker");
  public static final Spawn.LaunchNote NOTE =
      new Spawn.LaunchNote(List.of("claude"), List.of("PATH"), List.of("SECRET"), "");

  private Samples() {}

  /// The n-th task's id; ids are ordered as their numbers.
  public static TaskId id(int n) {
    return new TaskId(new UUID(0x0190_0000_0000_7000L + n, 0x8000_0000_0000_0000L));
  }

  /// A task for Claude with the default limits and a target.
  public static TaskSpec spec() {
    return specFor(CLAUDE, Limits.DEFAULT, List.of());
  }

  public static TaskSpec specFor(Agent agent, Limits limits, List<String> gates) {
    return new TaskSpec(
        "Mend the fence",
        "hash",
        "/work/project",
        Optional.of("main"),
        Optional.empty(),
        agent,
        limits,
        List.of(),
        TaskSpec.Preparation.NONE,
        gates);
  }

  public static TaskSpec specWaitingFor(TaskId... dependencies) {
    TaskSpec spec = spec();
    return new TaskSpec(
        spec.title(),
        spec.briefHash(),
        spec.project(),
        spec.target(),
        spec.base(),
        spec.agent(),
        spec.limits(),
        List.of(dependencies),
        spec.preparation(),
        spec.gates());
  }

  public static TaskSpec specWithoutTarget() {
    TaskSpec spec = spec();
    return new TaskSpec(
        spec.title(),
        spec.briefHash(),
        spec.project(),
        Optional.empty(),
        spec.base(),
        spec.agent(),
        spec.limits(),
        spec.dependsOn(),
        spec.preparation(),
        spec.gates());
  }

  /// A branch with one commit and nothing uncommitted.
  public static WorkspaceSummary clean() {
    return clean(HEAD);
  }

  public static WorkspaceSummary clean(String head) {
    return new WorkspaceSummary(true, Optional.of(head), 1, 0, Optional.empty());
  }

  public static WorkspaceSummary dirty() {
    return new WorkspaceSummary(true, Optional.of(HEAD), 1, 3, Optional.of("c".repeat(40)));
  }

  public static MicroUsd usd(double dollars) {
    return new MicroUsd(Math.round(dollars * 1_000_000));
  }

  public static Usage used(double dollars) {
    return new Usage(100, 50, 0, 0, 1, Optional.of(usd(dollars)), Usage.CostSource.RESULT);
  }

  /// A batch of ten bytes per event, from `from` on.
  public static OutputBatch batch(long from, AgentEvent... events) {
    return new OutputBatch(from, from + 10L * events.length, List.of(events));
  }

  /// Where the `n`-th event from `from` on stands, in lines of ten bytes.
  public static ByteRange line(long from) {
    return new ByteRange(from, 10);
  }

  public static AgentEvent said(long from) {
    return new AgentEvent.Said(line(from), "on it");
  }

  public static AgentEvent.Terminal lastWord(long from, Verdict verdict, String... denied) {
    return new AgentEvent.Terminal(line(from), verdict, "last word", List.of(denied));
  }

  /// The `n`-th call, always of the same.
  public static AgentEvent called(int n) {
    return new AgentEvent.ToolCalled(line(n), "call-" + n, "Bash", "{\"command\": \"make test\"}");
  }

  /// What the `n`-th call came to, always the same.
  public static AgentEvent returned(int n) {
    return new AgentEvent.ToolReturned(line(n), "call-" + n, false, "d".repeat(64), "no rule");
  }

  public static AgentEvent costs(long from, double dollars) {
    return new AgentEvent.Used(line(from), used(dollars));
  }

  /// The agent left by itself with this status.
  public static Evidence exited(int status) {
    return new Evidence(
        new Exit.Status(status, false), false, true, 1_000_000, false, ShimStop.NONE, 0);
  }

  /// The agent was signalled when its output was `outputAtStop` bytes long, and died of it.
  public static Evidence stoppedAt(long outputAtStop) {
    return new Evidence(
        new Exit.Status(143, false), false, true, outputAtStop, false, ShimStop.NONE, 0);
  }

  /// Nothing ever ran.
  public static Evidence neverRan() {
    return new Evidence(new Exit.Unknown(), false, true, 0, false, ShimStop.NONE, 0);
  }

  public static Finding preparedReady() {
    return new Finding.Prepared(new Preparation.Ready(WORKSPACE, true));
  }

  /// The workspace stands, with the target brought in.
  public static Finding preparedWith(BroughtIn broughtIn) {
    return new Finding.Prepared(new Preparation.Ready(WORKSPACE, false, Optional.of(broughtIn)));
  }

  public static Finding preparedRefused(WorkspaceProblem.Kind kind) {
    return new Finding.Prepared(
        new Preparation.Refused(new WorkspaceProblem(kind, "no workspace", "mend it")));
  }

  public static Finding spawned() {
    return new Finding.SpawnTried(new Spawn.Started(PROCESS, NOTE));
  }

  public static Finding spawnRefused(Spawn.Kind kind) {
    return new Finding.SpawnTried(
        new Spawn.Refused(new Spawn.Problem(kind, "no agent", "mend it")));
  }

  public static Finding gone(Evidence evidence) {
    return new Finding.Gone(evidence, clean());
  }
}
