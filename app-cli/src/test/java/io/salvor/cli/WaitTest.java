package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.v1.Attempt;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.Wait;
import io.salvor.v1.WatchTaskRequest;
import io.salvor.v1.WatchTaskResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class WaitTest {
  @TempDir Path directory;
  private Cli cli;
  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    cli = new Cli(directory);
    server = FakeServer.inHome(cli.home());
    dispatchable(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void dispatchable(FakeServer server) {
    server.on(TaskServiceGrpc.getDispatchTaskMethod(), _ -> Samples.task(Task.State.QUEUED));
  }

  private static void tells(FakeServer server, List<Task> tasks) {
    server.onStream(
        TaskServiceGrpc.getWatchTaskMethod(),
        (_, replies) -> {
          long cursor = 0;
          for (Task task : tasks) {
            replies.onNext(
                WatchTaskResponse.newBuilder().setTask(task).setCursor(++cursor).build());
            replies.onNext(WatchTaskResponse.newBuilder().setCursor(cursor).build());
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "REVIEW, 0",
    "APPROVED, 0",
    "MERGED, 0",
    "FAILED, 1",
    "REJECTED, 1",
    "BLOCKED, 10",
    "PAUSED, 10",
    "NEEDS_FIX, 10",
    "READY, 10",
    "CANCELLED, 11",
    "SKIPPED, 11",
  })
  void waiting_returns_in_every_state_that_does_not_go_on_by_itself(Task.State state, int exit) {
    tells(
        server,
        List.of(
            Samples.task(Task.State.QUEUED),
            Samples.task(Task.State.RUNNING),
            Samples.task(state)));
    var result = cli.run("task", "dispatch", "TASK-0001", "--wait", "-o", "jsonl");
    assertThat(result.exit()).isEqualTo(exit);
    assertThat(result.out()).contains("\"state\":\"" + state + "\"");
    assertThat(result.out().lines()).hasSize(1);
    assertThat(result.err()).startsWith("TASK-0001 QUEUED\nTASK-0001 RUNNING\n");
  }

  @ParameterizedTest
  @EnumSource(
      value = Task.State.class,
      names = {"PENDING", "QUEUED", "CLAIMED", "RUNNING", "STOPPING", "VERIFYING", "MERGING"})
  void waiting_goes_on_while_the_task_does(Task.State state) {
    tells(server, List.of(Samples.task(state), Samples.task(Task.State.MERGED)));
    assertThat(cli.run("task", "watch", "TASK-0001").exit()).isZero();
  }

  @Test
  void a_task_that_rests_although_its_agent_asked_to_be_started_again_is_told_apart() {
    Task paused =
        Samples.task(Task.State.PAUSED).toBuilder()
            .addAttempts(Attempt.newBuilder().setReloadAsked(true))
            .build();
    tells(server, List.of(paused));
    assertThat(cli.run("task", "dispatch", "1", "--wait").exit()).isEqualTo(12);
  }

  @Test
  void a_task_that_wakes_up_by_itself_is_waited_for() {
    Task parked =
        Samples.task(Task.State.READY).toBuilder()
            .setWaitsFor(Wait.newBuilder().setWhat("10 s").setUntilTime(Samples.ago(-10)))
            .build();
    tells(server, List.of(parked, Samples.task(Task.State.REVIEW)));
    assertThat(cli.run("task", "dispatch", "1", "--wait").exit()).isZero();
  }

  @Test
  void a_watch_ends_where_nobody_reads_on() {
    tells(server, List.of(Samples.task(Task.State.RUNNING)));
    for (String form : List.of("text", "json")) {
      var result = cli.outFails("Broken pipe").run("task", "watch", "1", "-o", form);
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void a_wait_has_its_limit() {
    tells(server, List.of(Samples.task(Task.State.RUNNING)));
    var result = cli.realTime().run("task", "dispatch", "1", "--wait-timeout", "1s");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .contains("the time to wait is over and TASK-0001 is RUNNING; it goes on")
        .contains("try: salvor task watch TASK-0001");
  }

  @Test
  @Timeout(20) // without a look at the end, the next reply is waited for: 35 s
  void shortly_before_its_limit_a_wait_bears_no_more_silence_than_is_left() {
    var now = new AtomicReference<>(Cli.NOW);
    server.onStream(
        TaskServiceGrpc.getWatchTaskMethod(),
        (_, replies) -> {
          boolean first = server.asked(WatchTaskRequest.class).size() == 1;
          now.set(Cli.NOW.plus(Duration.ofHours(1)).minusSeconds(first ? 2 : 0));
          replies.onNext(
              WatchTaskResponse.newBuilder().setTask(Samples.task(Task.State.RUNNING)).build());
        });
    var result = cli.clock(now::get).run("task", "dispatch", "1", "--wait-timeout", "1h");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("the time to wait is over and TASK-0001 is RUNNING");
  }

  @Test
  void a_wait_outlasts_a_restart_of_the_server_also_with_a_store_that_was_restored()
      throws Exception {
    var running = new CountDownLatch(1);
    server.onStream(
        TaskServiceGrpc.getWatchTaskMethod(),
        (_, replies) ->
            replies.onNext(
                WatchTaskResponse.newBuilder()
                    .setTask(Samples.task(Task.State.RUNNING))
                    .setCursor(41)
                    .build()));
    cli.onErr(said -> {
      if (said.contains("RUNNING")) {
        running.countDown();
      }
    });
    var waiting =
        CompletableFuture.supplyAsync(
            () -> cli.realTime().run("task", "dispatch", "1", "--wait", "-o", "json"));
    running.await();
    server.kill();
    server = FakeServer.inHome(cli.home());
    tells(server, List.of(Samples.task(Task.State.REVIEW)));
    Cli.Result result = waiting.get();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(server.asked(WatchTaskRequest.class).getFirst().getCursor()).isZero();
  }

  @Test
  void on_a_terminal_one_line_is_drawn_again() {
    tells(server, List.of(Samples.task(Task.State.RUNNING), Samples.inReview()));
    var result = cli.onTerminal().run("task", "dispatch", "TASK-0001", "--wait");
    assertThat(result.err())
        .startsWith("\u001b[?25l\rTASK-0001 \u001b[1mRUNNING\u001b[0m  2m 05s\u001b[K")
        .contains("\r\u001b[JTASK-0001 RUNNING  0s\n")
        .endsWith("\r\u001b[J\u001b[?25h");
    assertThat(result.out()).contains("\u001b[36mREVIEW\u001b[0m");
    assertThat(cli.with("NO_COLOR", "1").run("task", "dispatch", "1", "--wait").out())
        .doesNotContain("\u001b");
  }
}
