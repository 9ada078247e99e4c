package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.salvor.v1.CancelTaskRequest;
import io.salvor.v1.CommentTaskRequest;
import io.salvor.v1.DispatchTaskRequest;
import io.salvor.v1.ListTasksRequest;
import io.salvor.v1.ListTasksResponse;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.WatchTaskResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeveralTasksTest {
  @TempDir Path directory;
  private Cli cli;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    cli = new Cli(directory);
    server = FakeServer.inHome(cli.home());
    server.on(TaskServiceGrpc.getGetTaskMethod(), it -> task(it.getName(), Task.State.RUNNING));
    server.on(
        TaskServiceGrpc.getCancelTaskMethod(), it -> task(it.getName(), Task.State.CANCELLED));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Task task(String name, Task.State state) {
    return Samples.task(state).toBuilder()
        .setName(name)
        .setDisplayId(name.substring("tasks/".length()))
        .setEtag("etag of " + name)
        .build();
  }

  private void twoMatch() {
    server.on(
        TaskServiceGrpc.getListTasksMethod(),
        request ->
            ListTasksResponse.newBuilder()
                .addTasks(
                    task(
                        request.getPageToken().isEmpty() ? "tasks/TASK-0007" : "tasks/TASK-0008",
                        Task.State.FAILED))
                .setNextPageToken(request.getPageToken().isEmpty() ? "more" : "")
                .build());
  }

  @Test
  void several_are_shown_and_asked_about_once() {
    cli.onTerminal().with("NO_COLOR", "1").input("y\n");
    var result = cli.run("task", "cancel", "2", "TASK-0001", "2");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo("TASK-0002  CANCELLED\nTASK-0001  CANCELLED\n");
    assertThat(result.err())
        .isEqualTo(
            """
            TASK       STATE      FOR      AGENT       TRIES  SPENT    TITLE
            TASK-0002  RUNNING    2m 05s   claude      0      -        Fix the login timeout
            TASK-0001  RUNNING    2m 05s   claude      0      -        Fix the login timeout
            Cancel these 2 tasks? [y/N]
            """
                    .strip()
                + " ");
    assertThat(server.asked(CancelTaskRequest.class))
        .extracting(CancelTaskRequest::getName, CancelTaskRequest::getEtag)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("tasks/TASK-0002", ""),
            org.assertj.core.groups.Tuple.tuple("tasks/TASK-0001", ""));
  }

  @Test
  void any_other_answer_than_yes_leaves_all_as_it_is() {
    for (String answer : new String[] {"\n", "n\n", "", "maybe\n"}) {
      var result = cli.onTerminal().input(answer).run("task", "cancel", "1", "2");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("nothing was done");
    }
    assertThat(server.asked(CancelTaskRequest.class)).isEmpty();
  }

  @Test
  void without_a_terminal_nothing_is_done_and_yes_is_named() {
    twoMatch();
    var result = cli.run("task", "cancel", "--filter", "state=FAILED");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("TASK-0007  FAILED")
        .contains("TASK-0008  FAILED")
        .contains("--yes");
    assertThat(server.asked(CancelTaskRequest.class)).isEmpty();
  }

  @Test
  void yes_asks_nobody_and_what_changed_since_it_was_found_is_refused() {
    twoMatch();
    var result = cli.run("task", "cancel", "--filter", "state=FAILED since=2h", "--yes");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(server.asked(ListTasksRequest.class).getFirst().getFilter())
        .isEqualTo("state=FAILED since=2h");
    assertThat(server.asked(CancelTaskRequest.class))
        .extracting(CancelTaskRequest::getEtag)
        .containsExactly("etag of tasks/TASK-0007", "etag of tasks/TASK-0008");
  }

  @Test
  void each_result_has_its_line_and_the_worst_decides_the_exit() {
    server.onStream(
        TaskServiceGrpc.getCancelTaskMethod(),
        (request, replies) -> {
          switch (request.getName()) {
            case "tasks/TASK-0001" ->
                replies.onError(Status.NOT_FOUND.withDescription("it is gone").asException());
            case "tasks/TASK-0002" ->
                replies.onError(
                    Status.PERMISSION_DENIED.withDescription("it is not yours").asException());
            default -> {
              replies.onNext(task(request.getName(), Task.State.CANCELLED));
              replies.onCompleted();
            }
          }
        });
    var text = cli.run("task", "cancel", "1", "2", "3", "--yes");
    assertThat(text.exit()).isEqualTo(5);
    assertThat(text.out())
        .isEqualTo(
            """
            TASK-0001  not done: it is gone
            TASK-0002  not done: it is not yours
            TASK-0003  CANCELLED
            """);
    var json = cli.run("task", "cancel", "1", "3", "--yes", "-o", "json");
    assertThat(json.exit()).isEqualTo(3);
    assertThat(json.out().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("{\"task\": \"TASK-0001\", \"error\": {\"reason\": \"NOT_FOUND\"");
  }

  @Test
  void where_one_of_several_is_not_there_none_is_touched() {
    server.refuse(
        TaskServiceGrpc.getGetTaskMethod(), Status.Code.NOT_FOUND, "no", "TASK_NOT_FOUND", "");
    assertThat(cli.run("task", "cancel", "1", "99", "--yes").exit()).isEqualTo(3);
    assertThat(server.asked(CancelTaskRequest.class)).isEmpty();
  }

  @Test
  void a_filter_that_finds_nothing_says_so() {
    server.on(TaskServiceGrpc.getListTasksMethod(), _ -> ListTasksResponse.getDefaultInstance());
    var result = cli.run("task", "cancel", "--filter", "state=FAILED", "--yes");
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).contains("no task matches state=FAILED");
  }

  @Test
  void tasks_and_a_filter_exclude_each_other_and_one_of_them_is_needed() {
    assertThat(cli.run("task", "cancel", "1", "--filter", "state=FAILED").exit()).isEqualTo(2);
    assertThat(cli.run("task", "cancel").exit()).isEqualTo(2);
    assertThat(cli.run("task", "cancel", "no-task").err()).contains("names no task");
  }

  @Test
  void a_comment_is_the_last_word() {
    server.on(TaskServiceGrpc.getCommentTaskMethod(), it -> task(it.getName(), Task.State.RUNNING));
    cli.run("task", "comment", "1", "2", "look at this", "--yes");
    assertThat(server.asked(CommentTaskRequest.class))
        .extracting(CommentTaskRequest::getText)
        .containsExactly("look at this", "look at this");
    assertThat(cli.run("task", "comment", "1").exit()).isEqualTo(2);
    assertThat(cli.run("task", "comment").exit()).isEqualTo(2);
  }

  @Test
  void all_are_begun_before_any_is_waited_for() {
    server.on(TaskServiceGrpc.getDispatchTaskMethod(), it -> task(it.getName(), Task.State.QUEUED));
    server.onStream(
        TaskServiceGrpc.getWatchTaskMethod(),
        (request, replies) -> {
          assertThat(server.asked(DispatchTaskRequest.class)).hasSize(2);
          boolean first = request.getName().endsWith("1");
          replies.onNext(
              WatchTaskResponse.newBuilder()
                  .setTask(task(request.getName(), first ? Task.State.FAILED : Task.State.REVIEW))
                  .build());
        });
    var result = cli.run("task", "dispatch", "1", "2", "--wait", "--yes");
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("TASK-0001  FAILED\nTASK-0002  REVIEW\n");
  }

  @Test
  void the_time_to_wait_is_for_all_of_them_together() {
    var now = new AtomicReference<>(Cli.NOW);
    server.on(TaskServiceGrpc.getDispatchTaskMethod(), it -> task(it.getName(), Task.State.QUEUED));
    server.onStream(
        TaskServiceGrpc.getWatchTaskMethod(),
        (request, replies) -> {
          if (request.getName().endsWith("1")) {
            now.set(Cli.NOW.plus(Duration.ofMinutes(11)));
          }
          if (!request.getName().endsWith("3")) {
            replies.onNext(running(request.getName()));
          }
          replies.onNext(
              WatchTaskResponse.newBuilder()
                  .setTask(task(request.getName(), Task.State.REVIEW))
                  .build());
        });
    cli.clock(now::get);
    var result = cli.run("task", "dispatch", "1", "2", "3", "--wait-timeout", "10m", "--yes");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out().lines())
        .satisfiesExactly(
            first -> assertThat(first).contains("the time to wait is over and TASK-0001"),
            second -> assertThat(second).contains("the time to wait is over and TASK-0002"),
            third -> assertThat(third).isEqualTo("TASK-0003  REVIEW"));
  }

  private static WatchTaskResponse running(String name) {
    return WatchTaskResponse.newBuilder().setTask(task(name, Task.State.RUNNING)).build();
  }
}
