package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.salvor.v1.AnswerTaskRequest;
import io.salvor.v1.Attempt;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.DispatchTaskRequest;
import io.salvor.v1.Ending;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.InstanceStatus;
import io.salvor.v1.ListRecordsRequest;
import io.salvor.v1.ListRecordsResponse;
import io.salvor.v1.Record;
import io.salvor.v1.RecordServiceGrpc;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.WatchTaskResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunCommandTest {
  @TempDir Path directory;
  private Cli cli;
  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    cli = new Cli(directory);
    server = FakeServer.inHome(cli.home());
    server.on(TaskServiceGrpc.getDispatchTaskMethod(), _ -> Samples.task(Task.State.QUEUED));
    server.on(TaskServiceGrpc.getCreateTaskMethod(), _ -> Samples.task(Task.State.QUEUED));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void is(Task... tasks) {
    server.on(TaskServiceGrpc.getGetTaskMethod(), _ -> tasks[0]);
    server.onStream(
        TaskServiceGrpc.getWatchTaskMethod(),
        (_, replies) ->
            List.of(tasks)
                .forEach(it ->
                    replies.onNext(
                        WatchTaskResponse.newBuilder().setTask(it).setCursor(1).build())));
  }

  private static Task failed() {
    return Samples.task(Task.State.FAILED).toBuilder()
        .addAttempts(
            Attempt.newBuilder()
                .setNumber(1)
                .setAgentStarted(true)
                .setEnding(Ending.newBuilder().setReason("killed_by_signal")))
        .build();
  }

  @Test
  void the_brief_is_the_task_and_its_first_line_the_title() {
    is(Samples.inReview());
    var result = cli.run("run", "## Fix it\n\nNow.", "--project", "/shop", "--agent", "claude");
    assertThat(result.exit()).as(result.err()).isZero();
    CreateTaskRequest asked = server.asked(CreateTaskRequest.class).getFirst();
    assertThat(asked.getDispatch()).isTrue();
    assertThat(asked.getTask().getTitle()).isEqualTo("Fix it");
    assertThat(asked.getTask().getBrief()).isEqualTo("## Fix it\n\nNow.");
    assertThat(result.out()).startsWith("TASK-0001  SUCCESS\n");
    assertThat(result.err()).contains("salvor run --continue TASK-0001");
  }

  @Test
  void a_paused_task_goes_on_only_with_a_budget() {
    is(Samples.task(Task.State.PAUSED));
    assertThat(cli.run("run", "--continue", "1").exit()).isEqualTo(10);
    assertThat(server.asked(DispatchTaskRequest.class)).isEmpty();
    cli.run("run", "--continue", "1", "--budget", "9");
    DispatchTaskRequest dispatch = server.asked(DispatchTaskRequest.class).getFirst();
    assertThat(dispatch.getResume()).isTrue();
    assertThat(dispatch.getBudgetMicroUsd()).isEqualTo(9_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--recovery auto", "--max-retries 5", "--priority high"})
  void what_would_change_a_task_is_not_said_when_it_is_gone_on_with(String words) {
    is(Samples.inReview());
    var result = cli.run(("run --continue 1 " + words).split(" "));
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("only --budget may be said with it");
  }

  @Test
  void records_are_told_also_where_the_server_was_away_when_they_were_asked_for() {
    is(Samples.inReview());
    server.on(InstanceServiceGrpc.getGetStatusMethod(), _ -> InstanceStatus.getDefaultInstance());
    server.onStream(
        RecordServiceGrpc.getListRecordsMethod(),
        (_, replies) -> {
          if (server.asked(ListRecordsRequest.class).size() == 1) {
            replies.onError(Status.UNAVAILABLE.asException());
          } else {
            replies.onNext(
                ListRecordsResponse.newBuilder()
                    .addRecords(Record.newBuilder().setSeq(7).setKind("salvor.task.submitted.v1"))
                    .build());
            replies.onCompleted();
          }
        });
    var result = cli.run("run", "Fix it", "--project", "/shop", "--agent", "claude", "-o", "jsonl");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).containsOnlyOnce("salvor.task.submitted.v1");
  }

  @Test
  void a_failed_task_that_is_gone_on_with_is_started_again_at_once() {
    is(failed());
    cli.run("run", "--continue", "1", "--max-restarts", "0");
    assertThat(server.asked(DispatchTaskRequest.class)).hasSize(1);
  }

  @Test
  void a_restart_that_is_refused_is_the_end() {
    is(failed());
    server.refuse(
        TaskServiceGrpc.getDispatchTaskMethod(),
        Status.Code.FAILED_PRECONDITION,
        "TASK-0001 has spent $5.00 of $5.00",
        "OVER_BUDGET",
        "");
    var result =
        cli.run("run", "Fix it", "--project", "/shop", "--restart-after", "1s", "-o", "json");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("not started again: TASK-0001 has spent $5.00 of $5.00");
    assertThat(result.out()).contains("\"status\": \"FAILED\"");
  }

  @Test
  void a_refusal_is_one_message_too() {
    server.refuse(
        TaskServiceGrpc.getCreateTaskMethod(),
        Status.Code.INVALID_ARGUMENT,
        "/shop is not in a git repository",
        "NOT_A_REPOSITORY",
        "git init /shop");
    var result = cli.run("run", "Fix it", "--project", "/shop", "-o", "json");
    assertThat(result.exit()).isEqualTo(7);
    assertThat(result.out())
        .contains("\"status\": \"REFUSED\"", "\"exitCode\": 7", "\"reason\": \"NOT_A_REPOSITORY\"");
    assertThat(cli.run("run", "Fix it", "--project", "/shop").out()).isEmpty();
  }

  @Test
  void an_answer_is_one_word_or_comes_from_a_file() throws Exception {
    server.on(TaskServiceGrpc.getAnswerTaskMethod(), _ -> Samples.task(Task.State.QUEUED));
    Path file = Files.writeString(directory.resolve("answer"), "from a file\n");
    assertThat(cli.run("task", "answer", "1", "the first").exit()).isZero();
    assertThat(cli.run("task", "answer", "1", "-F", file.toString()).exit()).isZero();
    assertThat(cli.input("typed").run("task", "answer", "1", "-F", "-").exit()).isZero();
    assertThat(server.asked(AnswerTaskRequest.class))
        .extracting(AnswerTaskRequest::getText)
        .containsExactly("the first", "from a file\n", "typed");
    assertThat(cli.run("task", "answer", "1").exit()).isEqualTo(2);
    assertThat(cli.run("task", "answer", "1", "both", "-F", "-").exit()).isEqualTo(2);
    assertThat(cli.run("task", "answer", "1", "-F", "nowhere").exit()).isEqualTo(7);
  }
}
