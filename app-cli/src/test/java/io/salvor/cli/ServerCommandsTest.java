package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.v1.Addresses;
import io.salvor.v1.Freeze;
import io.salvor.v1.FreezeInstanceRequest;
import io.salvor.v1.FreezeInstanceResponse;
import io.salvor.v1.HostMemory;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.InstanceStatus;
import io.salvor.v1.ListWorkspacesResponse;
import io.salvor.v1.OpenAttempt;
import io.salvor.v1.ProcessMemory;
import io.salvor.v1.ProjectionState;
import io.salvor.v1.PruneResult;
import io.salvor.v1.PruneWorkspacesRequest;
import io.salvor.v1.PruneWorkspacesResponse;
import io.salvor.v1.RebuildStoreResponse;
import io.salvor.v1.Record;
import io.salvor.v1.RecordServiceGrpc;
import io.salvor.v1.StateCount;
import io.salvor.v1.StopServerRequest;
import io.salvor.v1.StopServerRequest.Mode;
import io.salvor.v1.StopServerResponse;
import io.salvor.v1.StreamRecordsRequest;
import io.salvor.v1.StreamRecordsResponse;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.UnfreezeInstanceResponse;
import io.salvor.v1.UnreachableProject;
import io.salvor.v1.Workspace;
import io.salvor.v1.WorkspaceServiceGrpc;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerCommandsTest {
  @TempDir Path directory;
  private Cli cli;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    cli = new Cli(directory);
    server = FakeServer.inHome(cli.home());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static OpenAttempt open() {
    return OpenAttempt.newBuilder()
        .setDisplayId("TASK-0007")
        .setNumber(2)
        .setAgent("claude")
        .setTaskState(Task.State.RUNNING)
        .setPid(4711)
        .setTitle("Fix it")
        .build();
  }

  @Test
  void status_looks_as_it_always_did() throws IOException {
    server.on(
        InstanceServiceGrpc.getGetStatusMethod(),
        _ ->
            InstanceStatus.newBuilder()
                .setVersion("0.1.0")
                .setHome("/home/ann/.salvor")
                .setPid(42)
                .setStartTime(Samples.ago(7200))
                .setStatusTime(Samples.ago(0))
                .setAddresses(
                    Addresses.newBuilder()
                        .setSocket("/home/ann/.salvor/run/salvor.sock")
                        .setGrpc("127.0.0.1:9100")
                        .setHttp("127.0.0.1:9180"))
                .setRecords(1234)
                .addTasks(
                    StateCount.newBuilder()
                        .setState(Task.State.RUNNING)
                        .setCount(1)
                        .setOldestTime(Samples.ago(65)))
                .addOpenAttempts(open())
                .setMaxConcurrent(4)
                .addProblems("the disk is full")
                .setMemory(
                    HostMemory.newBuilder()
                        .setBand(HostMemory.Band.APPROACHING)
                        .setAvailableBytes(3_300_000_000L)
                        .setTotalBytes(16L << 30)
                        .setStalledPercent(0.25))
                .setProcessMemory(
                    ProcessMemory.newBuilder()
                        .setHeapBytes(34 << 20)
                        .setMaxHeapBytes(512 << 20)
                        .setResidentBytes(209 << 20))
                .build());
    var result = cli.run("status");
    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo(Cli.golden("status.txt", result.out()));
    assertThat(cli.run("status", "-o", "json").out()).contains("\"records\": \"1234\"");
  }

  @Test
  void a_freeze_stands_first_in_status() {
    server.on(
        InstanceServiceGrpc.getGetStatusMethod(),
        _ -> InstanceStatus.newBuilder().setHealthy(true).setFreeze(freeze()).build());
    assertThat(cli.run("status").out().lines().toList().get(1))
        .isEqualTo("  frozen (hard) by user:ann for 2m 05s: too hot");
  }

  private static Freeze freeze() {
    return Freeze.newBuilder()
        .setLevel(Freeze.Level.HARD)
        .setActor("user:ann")
        .setReason("too hot")
        .setStartTime(Samples.ago(125))
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "freeze, SOFT, ''",
    "freeze --level soft --reason later, SOFT, later",
    "freeze --level HARD, HARD, ''",
  })
  void a_freeze_is_ordered_with_what_was_said(String words, Freeze.Level level, String reason) {
    server.on(
        InstanceServiceGrpc.getFreezeInstanceMethod(),
        _ ->
            FreezeInstanceResponse.newBuilder()
                .setFreeze(freeze())
                .addOpenAttempts(open())
                .build());
    var result = cli.run(words.split(" "));
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            frozen (hard) by user:ann for 2m 05s: too hot
            these agents are ended, their work is kept:
              TASK-0007/2  RUNNING  claude  pid 4711  Fix it
            to lift it: salvor unfreeze
            """);
    var request = server.asked(FreezeInstanceRequest.class).getLast();
    assertThat(request.getLevel()).isEqualTo(level);
    assertThat(request.getReason()).isEqualTo(reason);
    assertThat(request.getRequestId()).isNotEmpty();
  }

  @Test
  void a_level_that_is_none_is_a_misunderstanding() {
    assertThat(cli.run("freeze", "--level", "icy").exit()).isEqualTo(2);
  }

  @Test
  void unfreezing_says_how_to_go_on_with_what_rests() {
    server.on(
        InstanceServiceGrpc.getUnfreezeInstanceMethod(),
        _ ->
            UnfreezeInstanceResponse.newBuilder()
                .addPausedTasks(Samples.task(Task.State.PAUSED))
                .build());
    assertThat(cli.run("unfreeze").out())
        .isEqualTo(
            "attempts begin again; 1 tasks rest since the freeze:\n  salvor task resume TASK-0001\n");
    server.on(
        InstanceServiceGrpc.getUnfreezeInstanceMethod(),
        _ -> UnfreezeInstanceResponse.getDefaultInstance());
    assertThat(cli.run("unfreeze").out()).isEqualTo("attempts begin again\n");
  }

  @Test
  void serve_says_that_a_server_is_there_already() {
    server.on(
        InstanceServiceGrpc.getGetStatusMethod(),
        _ -> InstanceStatus.newBuilder().setVersion("0.1.0").setPid(42).setHome("/h").build());
    var result = cli.run("serve");
    assertThat(result.exit()).isZero();
    assertThat(result.out()).startsWith("salvor 0.1.0 is already running (pid 42) in /h\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "serve --foreground"})
  void serve_does_not_take_a_server_that_drains_for_one_that_runs(String words) {
    server.on(
        InstanceServiceGrpc.getGetStatusMethod(),
        _ -> InstanceStatus.newBuilder().setPid(42).setDraining(true).build());
    var result = cli.run(words.split(" "));
    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err())
        .contains("the server (pid 42) is on its way out")
        .contains("try: salvor restart\n");
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "stop, MODE_UNSPECIFIED, these agents run on",
    "stop --drain, DRAIN, it waits for these agents",
    "stop --cancel, CANCEL, it ends these agents",
  })
  void stop_lists_the_agents_and_says_what_becomes_of_them(String words, Mode mode, String text) {
    // No process has this pid, so that there is nothing to wait for.
    server.on(
        InstanceServiceGrpc.getStopServerMethod(),
        _ ->
            StopServerResponse.newBuilder()
                .setPid(Integer.MAX_VALUE)
                .addOpenAttempts(open())
                .build());
    var result = cli.run(words.split(" "));
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains(text)
        .contains("TASK-0007/2  RUNNING  claude  pid 4711  Fix it");
    assertThat(server.asked(StopServerRequest.class).getLast().getMode()).isEqualTo(mode);
  }

  @Test
  void stop_with_no_server_has_nothing_to_do() {
    server.close();
    var result = cli.run("stop");
    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("no server is running in " + cli.home() + "\n");
  }

  @Test
  void a_rebuild_that_finds_a_difference_exits_1_when_it_only_checks() {
    server.on(
        InstanceServiceGrpc.getRebuildStoreMethod(),
        _ ->
            RebuildStoreResponse.newBuilder()
                .setRecords(9)
                .setChainIntact(true)
                .addProjections(ProjectionState.newBuilder().setName("tasks").setRows(2))
                .build());
    var check = cli.run("store", "rebuild", "--check");
    assertThat(check.exit()).isEqualTo(1);
    assertThat(check.out()).isEqualTo("9 records, the chain holds\n  tasks  2 rows  DIFFERS\n");
    assertThat(cli.run("store", "rebuild").exit()).isZero();
  }

  @Test
  void records_are_shown_and_a_broken_stream_goes_on_from_its_cursor() {
    server.onStream(
        RecordServiceGrpc.getStreamRecordsMethod(),
        (request, replies) -> {
          if (request.getAfterSeq() == 0) {
            replies.onNext(records(3, 5));
            replies.onError(io.grpc.Status.UNAVAILABLE.asException());
          } else {
            replies.onNext(records(6, 6));
            replies.onCompleted();
          }
        });
    var result = cli.run("thread", "records", "TASK-0001/2", "-f", "-o", "jsonl");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().lines()).hasSize(4);
    assertThat(server.asked(StreamRecordsRequest.class))
        .extracting(StreamRecordsRequest::getAfterSeq)
        .containsExactly(0L, 5L);
    assertThat(server.asked(StreamRecordsRequest.class).getFirst().getThread())
        .isEqualTo("tasks/TASK-0001/attempts/2");
    assertThat(cli.run("thread", "records", "--after", "5").out())
        .isEqualTo("6  2026-03-01 11:59:00  TASK-0001  user:ann  DO  task.created.v1  asked for\n");
  }

  private static StreamRecordsResponse records(long first, long last) {
    var reply = StreamRecordsResponse.newBuilder().setCursor(last);
    for (long seq = first; seq <= last; seq++) {
      reply.addRecords(
          Record.newBuilder()
              .setSeq(seq)
              .setThread("tasks/" + Samples.UID)
              .setDisplayId("TASK-0001")
              .setActor("user:ann")
              .setAct(Record.Act.DO)
              .setKind("salvor.task.created.v1")
              .setTime(Samples.ago(60))
              .setSummary("asked for"));
    }
    return reply.build();
  }

  @Test
  void workspaces_are_listed_and_found_and_pruned() {
    Workspace workspace =
        Workspace.newBuilder()
            .setDisplayId("TASK-0001")
            .setPath("/w")
            .setOwned(true)
            .setPresent(true)
            .setTaskState(Task.State.MERGED)
            .build();
    server.on(
        WorkspaceServiceGrpc.getListWorkspacesMethod(),
        _ -> ListWorkspacesResponse.newBuilder().addWorkspaces(workspace).build());
    assertThat(cli.run("workspace", "list").out()).isEqualTo("TASK-0001  MERGED  there  /w\n");
    server.on(TaskServiceGrpc.getGetTaskMethod(), _ -> Samples.inReview());
    assertThat(cli.run("workspace", "path", "1").out()).isEqualTo("/home/ann/shop-TASK-0001\n");
    server.on(TaskServiceGrpc.getGetTaskMethod(), _ -> Samples.task(Task.State.READY));
    assertThat(cli.run("workspace", "path", "1").exit()).isEqualTo(3);
    server.on(
        WorkspaceServiceGrpc.getPruneWorkspacesMethod(),
        _ ->
            PruneWorkspacesResponse.newBuilder()
                .addResults(
                    PruneResult.newBuilder()
                        .setWorkspace(workspace)
                        .setOutcome(PruneResult.Outcome.KEPT)
                        .addReasons("a stash"))
                .build());
    assertThat(cli.run("workspace", "prune", "--dry-run").out())
        .isEqualTo("TASK-0001  kept  /w\n    a stash\n");
    assertThat(server.asked(PruneWorkspacesRequest.class).getLast().getValidateOnly()).isTrue();
  }

  @Test
  void of_a_project_that_cannot_be_looked_at_one_is_told_beside_the_others() {
    var gone =
        UnreachableProject.newBuilder()
            .setProject("/p")
            .setDetail("/p is not in a git repository")
            .setHint("bring it back");
    server.on(
        WorkspaceServiceGrpc.getListWorkspacesMethod(),
        _ -> ListWorkspacesResponse.newBuilder().addUnreachable(gone).build());
    server.on(
        WorkspaceServiceGrpc.getPruneWorkspacesMethod(),
        _ -> PruneWorkspacesResponse.newBuilder().addUnreachable(gone).build());
    String told =
        "salvor: /p could not be looked at: /p is not in a git repository\n  try: bring it back\n";
    assertThat(cli.run("workspace", "list").err()).isEqualTo(told);
    assertThat(cli.run("workspace", "prune").err()).isEqualTo(told);
    assertThat(cli.run("workspace", "list", "-o", "json").out()).contains("bring it back");
  }
}
