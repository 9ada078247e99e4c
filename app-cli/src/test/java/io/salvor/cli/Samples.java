package io.salvor.cli;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.salvor.v1.Agent;
import io.salvor.v1.Attempt;
import io.salvor.v1.Diagnosis;
import io.salvor.v1.Ending;
import io.salvor.v1.Evidence;
import io.salvor.v1.Limits;
import io.salvor.v1.NextStep;
import io.salvor.v1.Task;
import io.salvor.v1.TaskWorkspace;
import io.salvor.v1.TimelineEntry;
import io.salvor.v1.Usage;
import io.salvor.v1.Wait;
import io.salvor.v1.WorkspaceSummary;

/// Messages as a server sends them.
public final class Samples {
  static final String UID = "0198a0b0-0000-7000-8000-000000000001";

  private Samples() {}

  static Timestamp ago(long seconds) {
    return Timestamp.newBuilder().setSeconds(Cli.NOW.getEpochSecond() - seconds).build();
  }

  /// TASK-0001, in this state.
  public static Task task(Task.State state) {
    return Task.newBuilder()
        .setName("tasks/" + UID)
        .setUid(UID)
        .setDisplayId("TASK-0001")
        .setTitle("Fix the login timeout")
        .setState(state)
        .setStateTime(ago(125))
        .setCreateTime(ago(3600))
        .setUpdateTime(ago(60))
        .setCreator("user:ann")
        .setProject("/home/ann/shop")
        .setTargetBranch("main")
        .setAgent(
            Agent.newBuilder()
                .setName("claude")
                .setProtocol(Agent.Protocol.CLAUDE)
                .setProfile(Agent.Profile.EDIT))
        .setLimits(
            Limits.newBuilder()
                .setDeadline(Duration.newBuilder().setSeconds(3600))
                .setSilence(Duration.newBuilder().setSeconds(600))
                .setCostMicroUsd(5_000_000))
        .setEtag("17")
        .build();
  }

  /// The same after an attempt that did well.
  public static Task inReview() {
    return task(Task.State.REVIEW).toBuilder()
        .setStateDetail("waits for a verdict on 1f2e3d4c5b")
        .setWaitsFor(Wait.newBuilder().setWhat("a verdict by somebody else than agent:claude"))
        .setNextCommand("salvor task approve --merge TASK-0001")
        .addExecutors("agent:claude")
        .setWorkspace(
            TaskWorkspace.newBuilder()
                .setPath("/home/ann/shop-TASK-0001")
                .setBranch("task/TASK-0001")
                .setBaseCommit("0a1b2c3d4e5f60718293a4b5c6d7e8f901234567")
                .setHead("1f2e3d4c5b6a79880716253443526170f0e1d2c3"))
        .addAttempts(killed())
        .addAttempts(succeeded())
        .setTotalUsage(usage(420_000, Usage.CostSource.MIXED))
        .build();
  }

  private static Attempt killed() {
    return Attempt.newBuilder()
        .setName("tasks/" + UID + "/attempts/1")
        .setNumber(1)
        .setMode(Attempt.Mode.FRESH)
        .setState(Attempt.State.ENDED)
        .setStartTime(ago(3000))
        .setEndTime(ago(2400))
        .setAgentStarted(true)
        .setEnding(ending())
        .setUsage(usage(120_000, Usage.CostSource.ACCUMULATED))
        .setToolCalls(12)
        .setWorkspace(left())
        .build();
  }

  private static Attempt succeeded() {
    return Attempt.newBuilder()
        .setName("tasks/" + UID + "/attempts/2")
        .setNumber(2)
        .setMode(Attempt.Mode.RESUME)
        .setState(Attempt.State.ENDED)
        .setStartTime(ago(900))
        .setEndTime(ago(125))
        .setAgentStarted(true)
        .setEnding(
            Ending.newBuilder().setCodepath("result_event").setReason("success").setDetail("Done."))
        .setUsage(usage(300_000, Usage.CostSource.RESULT))
        .setToolCalls(34)
        .setWorkspace(
            WorkspaceSummary.newBuilder()
                .setPresent(true)
                .setHead("1f2e3d4c5b6a79880716253443526170f0e1d2c3")
                .setCommitsAhead(2))
        .build();
  }

  private static Ending ending() {
    return Ending.newBuilder()
        .setCodepath("stream_eof_fallback")
        .setReason("killed_by_signal")
        .setDetail("exit status 137")
        .build();
  }

  private static WorkspaceSummary left() {
    return WorkspaceSummary.newBuilder()
        .setPresent(true)
        .setHead("0f0e0d0c0b0a09080706050403020100f0e1d2c3")
        .setCommitsAhead(1)
        .setUncommittedFiles(2)
        .setSnapshot("abcdef0123456789abcdef0123456789abcdef01")
        .build();
  }

  private static Usage usage(long cost, Usage.CostSource source) {
    return Usage.newBuilder()
        .setInputTokens(1_200)
        .setCacheReadTokens(45_000)
        .setOutputTokens(3_456)
        .setTurns(9)
        .setCostMicroUsd(cost)
        .setCostSource(source)
        .build();
  }

  /// Of the same task after its first attempt.
  static Diagnosis diagnosis() {
    Task failed =
        task(Task.State.FAILED).toBuilder()
            .addAttempts(killed())
            .setTotalUsage(usage(120_000, Usage.CostSource.ACCUMULATED))
            .build();
    return Diagnosis.newBuilder()
        .setTask(failed)
        .setSummary("The agent of attempt 1 was killed; its commit and 2 files are safe.")
        .setEnding(ending())
        .setEvidence(
            Evidence.newBuilder()
                .setAttempt(1)
                .setExitStatus(137)
                .setPossibleSignal(9)
                .setOpenTool("Bash")
                .setSurvivorsKilled(1))
        .setWorkspace(left())
        .addTimeline(entry(1, 3600, "user:ann", "READY", 0, "asked for"))
        .addTimeline(entry(2, 3001, "user:ann", "QUEUED", 0, "dispatched"))
        .addTimeline(entry(3, 3000, "service:salvor", "CLAIMED", 1, "attempt 1 takes it"))
        .addTimeline(entry(5, 2998, "service:salvor", "RUNNING", 1, "the agent runs, pid 4711"))
        .addTimeline(entry(9, 2400, "service:salvor", "FAILED", 1, "killed_by_signal"))
        .addOutputTail("working on \u001b[31mit\u001b[0m")
        .addNextSteps(
            NextStep.newBuilder()
                .setCommand("salvor task dispatch --resume TASK-0001")
                .setWhy("goes on in the same workspace, with a briefing of what is there"))
        .addNextSteps(
            NextStep.newBuilder()
                .setCommand("salvor task reopen TASK-0001")
                .setWhy("starts afresh; the work so far stays under refs/salvor/"))
        .build();
  }

  private static TimelineEntry entry(
      long seq, long ago, String actor, String state, int attempt, String text) {
    return TimelineEntry.newBuilder()
        .setSeq(seq)
        .setTime(ago(ago))
        .setActor(actor)
        .setState(Task.State.valueOf(state))
        .setAttempt(attempt)
        .setText(text)
        .build();
  }
}
