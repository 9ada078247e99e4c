package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import com.google.rpc.PreconditionFailure;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Status;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.InstanceStatus;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.WorkspaceServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RefusalTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void start() {
    cli = new Cli(directory);
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, TASK_NOT_FOUND, 3",
    "FAILED_PRECONDITION, WRONG_STATE, 4",
    "FAILED_PRECONDITION, UNCOMMITTED_WORK, 4",
    "FAILED_PRECONDITION, CONFLICTS_LEFT, 4",
    "FAILED_PRECONDITION, OVER_BUDGET, 4",
    "PERMISSION_DENIED, SELF_APPROVAL, 5",
    "UNAUTHENTICATED, TOKEN_REQUIRED, 5",
    "ABORTED, ETAG_MISMATCH, 6",
    "ABORTED, COMMIT_MOVED, 6",
    "FAILED_PRECONDITION, COMMIT_MOVED, 6",
    "INVALID_ARGUMENT, INVALID, 7",
    "INVALID_ARGUMENT, UNSUPPORTED_LFS, 7",
    "FAILED_PRECONDITION, FOREIGN_OWNER, 7",
    "UNAVAILABLE, DISK_FULL, 8",
    "RESOURCE_EXHAUSTED, BUSY, 8",
    "ALREADY_EXISTS, REQUEST_ID_REUSED, 9",
    "CANCELLED, CANCELLED, 11",
    "INTERNAL, INTERNAL, 1",
    "DATA_LOSS, CORRUPT, 1",
  })
  void each_refusal_has_its_exit_code_in_every_form(Status.Code code, String reason, int exit)
      throws Exception {
    try (var server = FakeServer.inHome(cli.home())) {
      server.refuse(TaskServiceGrpc.getGetTaskMethod(), code, "It is „so“: \"no\"", reason, "do");
      var text = cli.run("task", "show", "1");
      assertThat(text.exit()).isEqualTo(exit);
      assertThat(text.out()).isEmpty();
      assertThat(text.err()).isEqualTo("salvor: It is „so“: \"no\"\ntry: do\n");
      var json = cli.run("task", "show", "1", "-o", "json");
      assertThat(json.exit()).isEqualTo(exit);
      assertThat(json.out()).isEmpty();
      assertThat(json.err())
          .isEqualTo(
              "{\"error\": {\"reason\": \"%s\", \"message\": \"It is „so“: \\\"no\\\"\", "
                      .formatted(reason)
                  + "\"details\": [], \"hint\": \"do\", \"exitCode\": %d}}\n".formatted(exit));
    }
  }

  @Test
  void each_thing_that_stands_in_the_way_is_named() throws Exception {
    try (var server = FakeServer.inHome(cli.home())) {
      server.refuse(
          WorkspaceServiceGrpc.getRemoveWorkspaceMethod(),
          Status.Code.FAILED_PRECONDITION,
          "the workspace of TASK-0001 stays",
          "WORKSPACE_KEPT",
          "",
          PreconditionFailure.newBuilder()
              .addViolations(
                  PreconditionFailure.Violation.newBuilder().setDescription("a stash of 2 files"))
              .build());
      assertThat(cli.run("workspace", "remove", "1").err())
          .isEqualTo("salvor: the workspace of TASK-0001 stays\n  a stash of 2 files\n");
      server.refuse(
          TaskServiceGrpc.getGetTaskMethod(),
          Status.Code.INVALID_ARGUMENT,
          "the task is not as it should be",
          "INVALID",
          "",
          BadRequest.newBuilder()
              .addFieldViolations(
                  BadRequest.FieldViolation.newBuilder()
                      .setField("task.title")
                      .setDescription("is empty"))
              .build());
      assertThat(cli.run("task", "show", "1").err())
          .isEqualTo("salvor: the task is not as it should be\n  task.title: is empty\n");
    }
  }

  @Test
  void with_no_server_a_command_says_how_to_start_one() {
    var result = cli.run("status");
    assertThat(result.exit()).isEqualTo(8);
    assertThat(result.err())
        .isEqualTo("salvor: no server answers in " + cli.home() + "\ntry: salvor serve\n");
  }

  @Test
  void no_home_is_made_up_where_none_is_said() throws Exception {
    assertThat(cli.run("status", "--home", "").err())
        .isEqualTo("salvor: the home directory is named, and the name is empty\ntry: --home DIR\n");
    assertThat(cli.with("SALVOR_HOME", "").run("status").exit()).isEqualTo(7);
    var nowhere = cli.without("SALVOR_HOME").run("serve");
    assertThat(nowhere.exit()).isEqualTo(7);
    assertThat(nowhere.err()).isEqualTo("salvor: HOME is not set\ntry: --home DIR\n");
    assertThat(directory).isEmptyDirectory();
    assertThat(cli.run("status", "--home", "h").err()).contains("in " + directory.resolve("h"));
    try (var server = FakeServer.onTcp()) {
      server.on(InstanceServiceGrpc.getGetStatusMethod(), _ -> InstanceStatus.getDefaultInstance());
      assertThat(cli.run("status", "--server", "127.0.0.1:" + server.port()).exit()).isZero();
    }
  }

  @Test
  void a_hint_is_for_the_home_and_the_server_that_were_named_and_can_be_copied() throws Exception {
    assertThat(cli.run("--home", "it's mine", "status").err())
        .endsWith("try: salvor --home 'it'\\''s mine' serve\n");
    assertThat(cli.run("--server", "127.0.0.1:1", "status").err())
        .endsWith("try: salvor serve --listen 127.0.0.1:1\n");
  }

  @Test
  void what_answers_in_another_protocol_is_no_server() throws Exception {
    var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.start();
    try {
      var result = cli.run("status", "--server", "127.0.0.1:" + http.getAddress().getPort());
      assertThat(result.exit()).isEqualTo(8);
      assertThat(result.err()).contains("does not speak gRPC").contains("try: --server");
    } finally {
      http.stop(0);
    }
  }

  @Test
  void a_socket_that_a_dead_server_left_is_no_server() throws IOException {
    Path socket = Files.createDirectories(cli.home().resolve("run")).resolve("salvor.sock");
    try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(Files.exists(socket)).isTrue();
    var result = cli.run("status");
    assertThat(result.exit()).isEqualTo(8);
    assertThat(result.err()).contains("try: salvor serve");
  }

  @Test
  void a_result_that_cannot_be_written_is_none() throws Exception {
    try (var server = FakeServer.inHome(cli.home())) {
      server.on(InstanceServiceGrpc.getGetStatusMethod(), _ -> InstanceStatus.getDefaultInstance());
      cli.outFails("No space left on device");
      var full = cli.run("status", "-o", "json");
      assertThat(full.exit()).isEqualTo(1);
      assertThat(full.err()).contains("cannot write the output: No space left on device");
      assertThat(cli.run("--help").exit()).isEqualTo(1);
      server.refuse(InstanceServiceGrpc.getGetStatusMethod(), Status.Code.NOT_FOUND, "", "X", "");
      assertThat(cli.run("status").exit()).isEqualTo(3);
    }
    assertThat(cli.outFails("Broken pipe").run("--help").exit()).isZero();
  }

  /// @param own where the home's server says that it listens
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:PORT, 127.0.0.1:PORT, Bearer s3cret",
    "127.0.0.1:PORT, localhost:PORT, Bearer s3cret",
    "127.0.0.1:PORT, PORT, Bearer s3cret",
    "0.0.0.0:PORT, 127.0.0.1:PORT, Bearer s3cret",
    "127.0.0.1:1, 127.0.0.1:PORT, ''",
    "127.0.0.2:PORT, 127.0.0.1:PORT, ''",
    "nonsense, 127.0.0.1:PORT, ''",
    "'', 127.0.0.1:PORT, ''",
  })
  void the_homes_token_goes_to_the_homes_own_server_alone(String own, String named, String sent)
      throws Exception {
    try (var server = FakeServer.onTcp()) {
      String port = Integer.toString(server.port());
      Path run = Files.createDirectories(cli.home().resolve("run"));
      Files.writeString(run.resolve("token"), "s3cret\n");
      Files.writeString(run.resolve("address"), "grpc=" + own.replace("PORT", port) + "\n");
      server.on(InstanceServiceGrpc.getGetStatusMethod(), _ -> InstanceStatus.getDefaultInstance());
      assertThat(cli.run("status", "--server", named.replace("PORT", port)).exit()).isZero();
      assertThat(server.header("authorization")).isEqualTo(sent);
    }
  }

  @Test
  void without_a_word_of_its_own_a_home_gives_its_token_to_nobody() throws Exception {
    try (var server = FakeServer.onTcp()) {
      Files.createDirectories(cli.home().resolve("run"));
      Files.writeString(cli.home().resolve("run/token"), "s3cret\n");
      server.on(InstanceServiceGrpc.getGetStatusMethod(), _ -> InstanceStatus.getDefaultInstance());
      assertThat(cli.run("status", "--server", "127.0.0.1:" + server.port()).exit()).isZero();
      assertThat(server.header("authorization")).isEmpty();
      cli.with("SALVOR_SERVER", "127.0.0.1:" + server.port()).with("SALVOR_TOKEN", "other");
      assertThat(cli.run("status").exit()).isZero();
      assertThat(server.header("authorization")).isEqualTo("Bearer other");
    }
  }

  @Test
  void the_servers_own_word_on_where_it_listens_counts() throws Exception {
    try (var server = FakeServer.onTcp()) {
      Files.createDirectories(cli.home().resolve("run"));
      Files.writeString(
          cli.home().resolve("run/address"), "pid=1\ngrpc=127.0.0.1:" + server.port() + "\n");
      Files.writeString(cli.home().resolve("run/token"), "s3cret\n");
      server.on(InstanceServiceGrpc.getGetStatusMethod(), _ -> InstanceStatus.getDefaultInstance());
      assertThat(cli.run("status").exit()).isZero();
      assertThat(server.header("authorization")).isEqualTo("Bearer s3cret");
    }
    Path elsewhere = directory.resolve("elsewhere");
    try (var server = FakeServer.inHome(elsewhere)) {
      Files.writeString(
          cli.home().resolve("run/address"),
          "socket=" + elsewhere.resolve("run/salvor.sock") + "\n");
      server.on(InstanceServiceGrpc.getGetStatusMethod(), _ -> InstanceStatus.getDefaultInstance());
      assertThat(cli.run("status").exit()).isZero();
    }
  }

  @Test
  void a_port_where_nobody_listens_is_no_server() throws IOException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(cli.run("status", "--server", "127.0.0.1:" + port).exit()).isEqualTo(8);
    assertThat(cli.run("status", "--server", "nonsense").exit()).isEqualTo(2);
  }

  @Test
  void a_server_that_is_killed_in_a_call_is_unavailable() throws Exception {
    try (var server = FakeServer.inHome(cli.home())) {
      server.onStream(
          TaskServiceGrpc.getGetTaskMethod(), (_, _) -> Thread.ofVirtual().start(server::kill));
      var result = cli.run("task", "show", "1");
      assertThat(result.exit()).isEqualTo(8);
      assertThat(server.asked(GetTaskRequest.class)).hasSize(1);
    }
  }

  @Test
  void an_actor_that_no_header_can_hold_is_refused() throws Exception {
    try (var _ = FakeServer.inHome(cli.home())) {
      var result = cli.with("SALVOR_ACTOR", "user:Jörg M").run("status");
      assertThat(result.exit()).isEqualTo(7);
      assertThat(result.err()).contains("not an actor");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "task show, Missing required parameter",
    "task show nonsense, names no task",
    "task add T --budget free, amount",
    "task add T --timeout soon, length of time",
    "task add T --wait, would wait for ever",
    "task dispatch 1 --bogus, --bogus",
    "tsk, perhaps you mean: task",
    "task shwo 1, perhaps you mean: show",
    "task, Missing required subcommand",
    "status -o yaml, yaml",
    "stop --drain --cancel, mutually exclusive",
    "task list --limit abc, is not a whole number from 1 on",
    "task list --limit 0, from 1 on",
    "interventions --limit -3, from 1 on",
    "task logs 1 --offset 5k, is not a whole number",
    "thread records --after 99999999999999999999, from 0 on",
    "logs -n -1, from 0 on",
    "logs --since 2026-11-22, a moment with its zone",
    "events --since 2026-11-22, a moment with its zone",
  })
  void a_command_line_that_is_not_understood_exits_2_and_says_why(String words, String why) {
    var result = cli.run(words.split(" "));
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains(why).contains("try: ");
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "task show abc -o json",
    "task list --limit abc --output=jsonl",
    "task list --limit abc --output-format stream-json",
    "task show -ojson",
    "-o json tsk",
  })
  void what_is_wrong_with_a_command_line_is_told_in_the_form_that_it_asks_for(String words) {
    var result = cli.run(words.split(" "));
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).startsWith("{\"error\": {\"reason\": \"USAGE\"").endsWith("}}\n");
    assertThat(cli.run("task", "show", "abc", "--", "-o", "json").err()).startsWith("salvor: ");
  }
}
