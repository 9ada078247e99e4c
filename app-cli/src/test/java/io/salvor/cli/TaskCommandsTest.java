package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import io.grpc.Status;
import io.salvor.v1.Agent;
import io.salvor.v1.ApproveTaskRequest;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.DiffTaskResponse;
import io.salvor.v1.DispatchTaskRequest;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.ListInterventionsRequest;
import io.salvor.v1.ListInterventionsResponse;
import io.salvor.v1.ListTasksRequest;
import io.salvor.v1.ListTasksResponse;
import io.salvor.v1.MergeRefusal;
import io.salvor.v1.ObservationServiceGrpc;
import io.salvor.v1.RecordServiceGrpc;
import io.salvor.v1.RejectTaskRequest;
import io.salvor.v1.StreamEventsRequest;
import io.salvor.v1.StreamEventsResponse;
import io.salvor.v1.StreamOutputRequest;
import io.salvor.v1.StreamOutputResponse;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.WatchTaskResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TaskCommandsTest {
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

  private CreateTaskRequest created(String... arguments) {
    server.on(TaskServiceGrpc.getCreateTaskMethod(), _ -> Samples.task(Task.State.READY));
    var result = cli.run(arguments);
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo("TASK-0001\n");
    return server.asked(CreateTaskRequest.class).getLast();
  }

  @Test
  void a_task_is_added_with_all_that_was_said() {
    CreateTaskRequest request =
        created(
            "task add Größe --project p --agent claude --budget $2.50 --timeout 1h30m --base v1"
                .concat(" --profile full --model opus --into release --brief Text")
                .split(" "));
    Task task = request.getTask();
    assertThat(task.getTitle()).isEqualTo("Größe");
    assertThat(task.getBrief()).isEqualTo("Text");
    assertThat(task.getProject()).isEqualTo(directory.resolve("p").toString());
    assertThat(task.getAgent().getName()).isEqualTo("claude");
    assertThat(task.getAgent().getProfile()).isEqualTo(Agent.Profile.FULL);
    assertThat(task.getAgent().getModel()).isEqualTo("opus");
    assertThat(task.getBase()).isEqualTo("v1");
    assertThat(task.getTargetBranch()).isEqualTo("release");
    assertThat(task.getLimits().getCostMicroUsd()).isEqualTo(2_500_000);
    assertThat(task.getLimits().getDeadline().getSeconds()).isEqualTo(5400);
    assertThat(request.getRequestId()).isNotEmpty();
    assertThat(request.getDispatch()).isFalse();
    assertThat(server.header("salvor-actor")).isEqualTo("user:ann");
  }

  @Test
  void what_stands_after_two_dashes_is_the_agent() {
    Task task =
        created("task", "add", "T", "--project", ".", "--", "bash", "-c", "echo -o json list")
            .getTask();
    assertThat(task.getAgent().getName()).isEqualTo("command");
    assertThat(task.getAgent().getCommandList()).containsExactly("bash", "-c", "echo -o json list");
  }

  @Test
  void a_command_without_two_dashes_is_a_misunderstanding() {
    var result = cli.run("task", "add", "T", "--project", ".", "bash");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("--");
  }

  @Test
  void the_brief_comes_from_a_file_or_from_standard_input() throws IOException {
    Files.writeString(directory.resolve("brief.md"), "# From a file\n");
    String[] add = {"task", "add", "T", "--agent", "claude", "--project", ".", "--brief-file"};
    assertThat(created(concat(add, "brief.md")).getTask().getBrief()).isEqualTo("# From a file\n");
    cli.input("from a pipe ✓");
    assertThat(created(concat(add, "-")).getTask().getBrief()).isEqualTo("from a pipe ✓");
    assertThat(cli.run(concat(add, "none.md")).exit()).isEqualTo(7);
  }

  private static String[] concat(String[] first, String last) {
    String[] all = java.util.Arrays.copyOf(first, first.length + 1);
    all[first.length] = last;
    return all;
  }

  @Test
  void the_project_is_the_repository_of_the_current_directory() throws IOException {
    Path git = Files.createDirectories(directory.resolve(".git"));
    Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
    assertThat(created("task", "add", "T", "--agent", "claude").getTask().getProject())
        .isEqualTo(directory.toString());
  }

  @Test
  void what_is_of_a_project_is_found_from_wherever_its_repository_is_named() throws IOException {
    Path project = Files.createDirectories(directory.resolve("shop")).toRealPath();
    Files.createDirectories(project.resolve("src/deep"));
    Path own = Files.createDirectories(project.resolve(".git/worktrees/tree"));
    Files.writeString(project.resolve(".git/HEAD"), "ref: refs/heads/main\n");
    Files.writeString(own.resolve("commondir"), "../..\n");
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Files.writeString(tree.resolve(".git"), "gitdir: " + own + "\n");
    Files.createSymbolicLink(directory.resolve("link"), project);
    for (String named : List.of("shop", "shop/src/deep", "link", "link/src", "tree")) {
      assertThat(filteredBy(named)).as(named).containsOnly(project.toString());
    }
    String gone = directory.resolve("gone").toString();
    assertThat(filteredBy("gone")).containsOnly(gone);
    try (var elsewhere = FakeServer.onTcp()) {
      server.close();
      server = elsewhere;
      cli.with("SALVOR_SERVER", "127.0.0.1:" + elsewhere.port());
      assertThat(filteredBy("link")).containsOnly(directory.resolve("link").toString());
    }
  }

  /// By which project three commands ask.
  private List<String> filteredBy(String named) {
    server.on(TaskServiceGrpc.getListTasksMethod(), _ -> ListTasksResponse.getDefaultInstance());
    server.on(
        RecordServiceGrpc.getListInterventionsMethod(),
        _ -> ListInterventionsResponse.getDefaultInstance());
    server.on(
        ObservationServiceGrpc.getStreamEventsMethod(),
        _ -> StreamEventsResponse.getDefaultInstance());
    for (String command : List.of("task list", "interventions", "events")) {
      var result = cli.run((command + " --project " + named).split(" "));
      assertThat(result.exit()).as(result.err()).isZero();
    }
    String filter = server.asked(ListTasksRequest.class).getLast().getFilter();
    return List.of(
        filter.replaceFirst("project=\"(.*)\"", "$1"),
        server.asked(ListInterventionsRequest.class).getLast().getProject(),
        server.asked(StreamEventsRequest.class).getLast().getProject());
  }

  @Test
  void without_a_repository_around_a_project_must_be_named() {
    assertThat(directory.resolve(".git").toFile().mkdir()).isTrue();
    var result = cli.run("task", "add", "T", "--agent", "claude");
    assertThat(result.exit()).isEqualTo(7);
    assertThat(result.err())
        .contains("is not in a git repository")
        .contains("try: salvor task add TITLE --project DIR");
  }

  @Test
  void the_agent_is_the_flag_then_the_environment_then_the_server_s_choice() throws IOException {
    String[] add = {"task", "add", "T", "--project", "."};
    assertThat(created(add).getTask().getAgent().getName()).isEmpty();

    cli.with("SALVOR_AGENT", "gemini");
    assertThat(created(add).getTask().getAgent().getName()).isEqualTo("gemini");
    assertThat(
            created("task", "add", "T", "--project", ".", "--agent", "x")
                .getTask()
                .getAgent()
                .getName())
        .isEqualTo("x");
  }

  @Test
  void show_looks_as_it_always_did() throws IOException {
    server.on(TaskServiceGrpc.getGetTaskMethod(), _ -> Samples.inReview());
    var text = cli.run("task", "show", "1");
    assertThat(text.exit()).isZero();
    assertThat(text.out()).isEqualTo(Cli.golden("show.txt", text.out()));
    assertThat(server.asked(GetTaskRequest.class).getLast().getName()).isEqualTo("tasks/TASK-0001");
    var json = cli.run("task", "show", "task-0001", "-o", "json");
    assertThat(json.out()).isEqualTo(Cli.golden("show.json", json.out()));
    assertThat(json.out()).contains("\"state\": \"REVIEW\"");
  }

  @Test
  void json_is_the_message_itself_and_jsonl_is_one_line() throws IOException {
    server.on(TaskServiceGrpc.getGetTaskMethod(), _ -> Samples.inReview());
    for (String form : new String[] {"json", "jsonl"}) {
      var result = cli.run("-o", form, "task", "show", "TASK-0001");
      var parsed = Task.newBuilder();
      JsonFormat.parser().merge(result.out(), parsed);
      assertThat(parsed.build()).isEqualTo(Samples.inReview());
    }
    assertThat(cli.run("task", "show", "1", "-o", "jsonl").out().lines()).hasSize(1);
  }

  @Test
  void a_diagnosis_looks_as_it_always_did() throws IOException {
    server.on(TaskServiceGrpc.getDiagnoseTaskMethod(), _ -> Samples.diagnosis());
    var text = cli.run("task", "diagnose", "TASK-0001");
    assertThat(text.exit()).isZero();
    assertThat(text.out()).isEqualTo(Cli.golden("diagnose.txt", text.out()));
    assertThat(text.out()).doesNotContain("\u001b");
    var json = cli.run("task", "diagnose", "TASK-0001", "-o", "json");
    assertThat(json.out()).isEqualTo(Cli.golden("diagnose.json", json.out()));
  }

  @Test
  void a_list_is_read_page_by_page() throws IOException {
    server.on(
        TaskServiceGrpc.getListTasksMethod(),
        request ->
            request.getPageToken().isEmpty()
                ? ListTasksResponse.newBuilder()
                    .addTasks(Samples.inReview())
                    .setNextPageToken("more")
                    .setTotalSize(2)
                    .build()
                : ListTasksResponse.newBuilder()
                    .addTasks(
                        Samples.task(Task.State.RUNNING).toBuilder().setDisplayId("TASK-0002"))
                    .setTotalSize(2)
                    .build());
    var text = cli.run("task", "list", "--state", "review,running", "--agent", "claude");
    assertThat(text.out()).isEqualTo(Cli.golden("list.txt", text.out()));
    assertThat(server.asked(ListTasksRequest.class).getLast().getFilter())
        .isEqualTo("state=(REVIEW OR RUNNING) AND agent=\"claude\"");
    var json = cli.run("task", "list", "-o", "json");
    assertThat(json.out()).isEqualTo(Cli.golden("list.json", json.out()));
    assertThat(cli.run("task", "list", "-o", "jsonl").out().lines()).hasSize(2);
    assertThat(cli.run("task", "list", "--limit", "1", "-o", "jsonl").out().lines()).hasSize(1);
  }

  @Test
  void a_list_that_is_refused_leaves_nothing_on_standard_output() {
    server.refuse(
        TaskServiceGrpc.getListTasksMethod(), Status.Code.INVALID_ARGUMENT, "no", "INVALID", "");
    var refused = cli.run("task", "list", "-o", "json");
    assertThat(refused.exit()).isEqualTo(7);
    assertThat(refused.out()).isEmpty();
    server.on(TaskServiceGrpc.getListTasksMethod(), _ -> ListTasksResponse.getDefaultInstance());
    assertThat(cli.run("task", "list", "-o", "json").out())
        .isEqualTo("{\n  \"tasks\": [],\n  \"nextPageToken\": \"\",\n  \"totalSize\": 0\n}\n");
  }

  @Test
  void a_dispatch_says_what_was_asked() {
    server.on(TaskServiceGrpc.getDispatchTaskMethod(), _ -> Samples.task(Task.State.QUEUED));
    var result = cli.run("task", "dispatch", "--resume", "--budget", "3", "TASK-0001");
    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("TASK-0001  QUEUED\n");
    DispatchTaskRequest request = server.asked(DispatchTaskRequest.class).getLast();
    assertThat(request.getResume()).isTrue();
    assertThat(request.getBudgetMicroUsd()).isEqualTo(3_000_000);
    cli.run("task", "dispatch", "TASK-0001");
    request = server.asked(DispatchTaskRequest.class).getLast();
    assertThat(request.getResume()).isFalse();
    assertThat(request.hasBudgetMicroUsd()).isFalse();
  }

  private void approvalLeadsTo(Task after) {
    server.on(TaskServiceGrpc.getApproveTaskMethod(), _ -> Samples.task(Task.State.MERGING));
    server.onStream(
        TaskServiceGrpc.getWatchTaskMethod(),
        (_, replies) -> {
          replies.onNext(
              WatchTaskResponse.newBuilder()
                  .setTask(Samples.task(Task.State.MERGING))
                  .setCursor(3)
                  .build());
          replies.onNext(WatchTaskResponse.newBuilder().setCursor(4).build());
          replies.onNext(WatchTaskResponse.newBuilder().setTask(after).setCursor(5).build());
        });
  }

  @Test
  void approve_with_merge_waits_until_the_merge_is_read_back() {
    approvalLeadsTo(
        Samples.task(Task.State.MERGED).toBuilder().setStateDetail("in main at abc").build());
    cli.with("SALVOR_ACTOR", "user:reviewer");
    var result = cli.run("task", "approve", "TASK-0001", "--merge", "--notes", "fine");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo("TASK-0001  MERGED  in main at abc\n");
    assertThat(server.header("salvor-actor")).isEqualTo("user:reviewer");
    assertThat(server.asked(ApproveTaskRequest.class).getLast().getNotes()).isEqualTo("fine");
  }

  @Test
  void a_merge_conflict_names_the_files_and_exits_6() {
    approvalLeadsTo(
        Samples.task(Task.State.APPROVED).toBuilder()
            .setMergeRefusal(
                MergeRefusal.newBuilder()
                    .setKind(MergeRefusal.Kind.CONFLICT)
                    .setDetail("both sides changed a.txt, b.txt")
                    .addFiles("a.txt")
                    .addFiles("b.txt"))
            .setNextCommand("salvor task dispatch --resume TASK-0001")
            .build());
    var result = cli.run("task", "approve", "TASK-0001", "--merge");
    assertThat(result.exit()).isEqualTo(6);
    assertThat(result.err())
        .endsWith(
            """
            salvor: TASK-0001 was not merged: both sides changed a.txt, b.txt
              a.txt
              b.txt
            try: salvor task dispatch --resume TASK-0001
            """);
  }

  @Test
  void a_hash_may_be_cut_short() {
    server.on(TaskServiceGrpc.getGetTaskMethod(), _ -> Samples.inReview());
    server.on(TaskServiceGrpc.getApproveTaskMethod(), _ -> Samples.task(Task.State.APPROVED));
    cli.run("task", "approve", "TASK-0001", "--commit", "1f2e3d4");
    assertThat(server.asked(ApproveTaskRequest.class).getLast().getCommit())
        .isEqualTo(Samples.inReview().getWorkspace().getHead());
    cli.run("task", "approve", "TASK-0001", "--commit", "7777777");
    assertThat(server.asked(ApproveTaskRequest.class).getLast().getCommit()).isEqualTo("7777777");
  }

  @Test
  void a_diff_is_copied_byte_by_byte() {
    byte[] bytes = {'a', (byte) 0xff, 0, '\n'};
    server.onStream(
        TaskServiceGrpc.getDiffTaskMethod(),
        (_, replies) -> {
          for (int i = 0; i < 3; i++) {
            replies.onNext(
                DiffTaskResponse.newBuilder().setData(ByteString.copyFrom(bytes)).build());
          }
          replies.onCompleted();
        });
    assertThat(cli.run("task", "diff", "1").out()).hasSize(12).startsWith("a\ufffd\0\na");
  }

  @Test
  void nothing_in_a_diff_steers_the_terminal_of_who_approves_it() {
    server.onStream(
        TaskServiceGrpc.getDiffTaskMethod(),
        (_, replies) -> {
          String line = "+\u001b[2K\u001b[1A\u001b]0;pwned\u0007 if \u202e x\n";
          replies.onNext(
              DiffTaskResponse.newBuilder().setData(ByteString.copyFromUtf8(line)).build());
          replies.onCompleted();
        });
    cli.onTerminal();
    assertThat(cli.run("task", "diff", "1").out()).isEqualTo("+␛[2K␛[1A␛]0;pwned␇ if \ufffd x\n");
    assertThat(cli.run("task", "diff", "1", "--raw").out()).startsWith("+\u001b[2K\u001b[1A");
  }

  @Test
  void logs_are_those_of_the_last_attempt_unless_another_is_named() {
    server.onStream(
        RecordServiceGrpc.getStreamOutputMethod(),
        (request, replies) -> {
          replies.onNext(
              StreamOutputResponse.newBuilder()
                  .setData(ByteString.copyFromUtf8(request.getName() + "\n"))
                  .setAttempt(2)
                  .build());
          replies.onCompleted();
        });
    assertThat(cli.run("task", "logs", "1").out()).isEqualTo("tasks/TASK-0001/attempts/-\n");
    assertThat(cli.run("task", "logs", "1", "--attempt", "1").out())
        .isEqualTo("tasks/TASK-0001/attempts/1\n");
    cli.run("task", "logs", "1", "--stderr", "--offset", "-100");
    var request = server.asked(StreamOutputRequest.class).getLast();
    assertThat(request.getStream()).isEqualTo(StreamOutputRequest.Stream.STDERR);
    assertThat(request.getOffset()).isEqualTo(-100);
  }

  @Test
  void a_reason_goes_with_the_verdict() {
    server.on(TaskServiceGrpc.getRejectTaskMethod(), _ -> Samples.task(Task.State.REJECTED));
    assertThat(cli.run("task", "reject", "1", "--reason", "no tests").exit()).isZero();
    assertThat(server.asked(RejectTaskRequest.class).getLast().getReason()).isEqualTo("no tests");
  }

  @Test
  void ones_own_approval_is_refused_with_exit_5() {
    server.refuse(
        TaskServiceGrpc.getApproveTaskMethod(),
        Status.Code.PERMISSION_DENIED,
        "user:ann worked on TASK-0001 and may not judge it",
        "SELF_APPROVAL",
        "SALVOR_ACTOR=user:SOMEBODY-ELSE salvor task approve TASK-0001");
    var result = cli.run("task", "approve", "TASK-0001");
    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.err())
        .isEqualTo(
            """
            salvor: user:ann worked on TASK-0001 and may not judge it
            try: SALVOR_ACTOR=user:SOMEBODY-ELSE salvor task approve TASK-0001
            """);
  }
}
