package io.salvor.cli;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Timestamp;
import io.salvor.cli.session.Surroundings;
import io.salvor.cli.wire.CannedServer;
import io.salvor.v1.Addresses;
import io.salvor.v1.Agent;
import io.salvor.v1.Attempt;
import io.salvor.v1.Diagnosis;
import io.salvor.v1.Ending;
import io.salvor.v1.Evidence;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.InstanceStatus;
import io.salvor.v1.ListTasksResponse;
import io.salvor.v1.NextStep;
import io.salvor.v1.StateCount;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.TimelineEntry;
import io.salvor.v1.Usage;
import io.salvor.v1.WatchTaskResponse;
import io.salvor.v1.WorkspaceSummary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/// Runs the usual commands once, so that a JVM that records what it loads for its cache sees what
/// they need: `java -XX:AOTCacheOutput=... io.salvor.cli.Rehearsal`.
public final class Rehearsal {
  private static final List<String> COMMANDS =
      List.of(
          "--help",
          "task --help",
          "task add --help",
          "status",
          "status -o json",
          "task add T --agent command --project . -- true",
          "task list",
          "task list -o json",
          "task show 1",
          "task show 1 -o json",
          "task diagnose 1",
          "task dispatch 1 --wait",
          "task approve 1 --merge",
          "task watch 1",
          "task comment 1 x",
          "task show",
          "workspace list",
          "version");

  private Rehearsal() {}

  /// Needs no arguments; ends with 0 where all went as rehearsed.
  public static void main(String[] arguments) throws IOException {
    Path home = Files.createTempDirectory("salvor-rehearsal");
    Path run = Files.createDirectory(home.resolve("run"));
    Path socket = run.resolve("salvor.sock");
    try (var _ = new CannedServer(socket, answers())) {
      for (String command : COMMANDS) {
        new Salvor(surroundings(home)).run(command.split(" "));
      }
    } finally {
      Files.deleteIfExists(socket);
      Files.deleteIfExists(run);
      Files.deleteIfExists(home);
    }
  }

  private static Surroundings surroundings(Path home) {
    Surroundings real = Surroundings.ofProcess();
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Surroundings(
        Map.of("SALVOR_HOME", home.toString(), "USER", "rehearsal"),
        home,
        new ByteArrayInputStream(new byte[0]),
        nowhere,
        nowhere,
        real.inIsTerminal(),
        real.outIsTerminal(),
        real.errIsTerminal(),
        InstantSource.system(),
        ZoneId::systemDefault);
  }

  private static Map<String, List<MessageLite>> answers() {
    Task task = task(Task.State.REVIEW);
    return Map.of(
        InstanceServiceGrpc.getGetStatusMethod().getFullMethodName(),
        List.of(status()),
        TaskServiceGrpc.getCreateTaskMethod().getFullMethodName(),
        List.of(task),
        TaskServiceGrpc.getListTasksMethod().getFullMethodName(),
        List.of(ListTasksResponse.newBuilder().addTasks(task).build()),
        TaskServiceGrpc.getGetTaskMethod().getFullMethodName(),
        List.of(task),
        TaskServiceGrpc.getDiagnoseTaskMethod().getFullMethodName(),
        List.of(diagnosis(task)),
        TaskServiceGrpc.getDispatchTaskMethod().getFullMethodName(),
        List.of(task(Task.State.QUEUED)),
        TaskServiceGrpc.getApproveTaskMethod().getFullMethodName(),
        List.of(task(Task.State.MERGED)),
        TaskServiceGrpc.getWatchTaskMethod().getFullMethodName(),
        List.of(
            WatchTaskResponse.newBuilder().setTask(task(Task.State.RUNNING)).setCursor(1).build(),
            WatchTaskResponse.newBuilder().setTask(task).setCursor(2).build()));
  }

  private static Timestamp now() {
    return Timestamp.newBuilder()
        .setSeconds(InstantSource.system().instant().getEpochSecond())
        .build();
  }

  private static InstanceStatus status() {
    return InstanceStatus.newBuilder()
        .setVersion("0")
        .setHealthy(true)
        .setStartTime(now())
        .setStatusTime(now())
        .setAddresses(Addresses.newBuilder().setGrpc("127.0.0.1:1"))
        .addTasks(
            StateCount.newBuilder().setState(Task.State.REVIEW).setCount(1).setOldestTime(now()))
        .build();
  }

  private static Task task(Task.State state) {
    return Task.newBuilder()
        .setName("tasks/TASK-0001")
        .setDisplayId("TASK-0001")
        .setTitle("title")
        .setState(state)
        .setStateTime(now())
        .setCreateTime(now())
        .setAgent(Agent.newBuilder().setName("claude").setProfile(Agent.Profile.EDIT))
        .setTotalUsage(usage())
        .addAttempts(
            Attempt.newBuilder()
                .setNumber(1)
                .setStartTime(now())
                .setEndTime(now())
                .setEnding(Ending.newBuilder().setCodepath("result_event").setReason("success"))
                .setUsage(usage())
                .setWorkspace(WorkspaceSummary.newBuilder().setPresent(true)))
        .build();
  }

  private static Usage usage() {
    return Usage.newBuilder().setInputTokens(10_000).setCostMicroUsd(420_000).build();
  }

  private static Diagnosis diagnosis(Task task) {
    return Diagnosis.newBuilder()
        .setTask(task)
        .setEnding(Ending.newBuilder().setCodepath("result_event").setReason("success"))
        .setEvidence(Evidence.newBuilder().setExitStatus(0))
        .setWorkspace(WorkspaceSummary.newBuilder().setPresent(true))
        .addTimeline(TimelineEntry.newBuilder().setTime(now()).setText("text"))
        .addNextSteps(NextStep.newBuilder().setCommand("salvor status"))
        .build();
  }
}
