package io.salvor.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import io.salvor.cli.screen.Glass;
import io.salvor.v1.CancelTaskRequest;
import io.salvor.v1.ListTasksResponse;
import io.salvor.v1.RecordServiceGrpc;
import io.salvor.v1.StreamOutputResponse;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.WatchTaskResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program itself on a pseudo-terminal of 60 × 8, made by `script` of util-linux.
final class TerminalTest {
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  @TempDir Path directory;
  private Cli cli;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Files.isExecutable(SCRIPT), "script is not installed");
    cli = new Cli(directory);
    server = FakeServer.inHome(cli.home());
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private Process begin(String arguments) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        "stty cols 60 rows 8; exec env --default-signal=INT '%s' -XX:TieredStopAtLevel=1"
                .formatted(java)
            + " -cp '%s' io.salvor.cli.Main %s"
                .formatted(System.getProperty("java.class.path"), arguments);
    List<String> words = new ArrayList<>(List.of(SCRIPT.toString(), "-qefc", command, "/dev/null"));
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("COLUMNS", "LINES", "NO_COLOR"));
    builder.environment().put("SALVOR_HOME", cli.home().toString());
    builder.environment().put("TERM", "xterm");
    return builder.start();
  }

  /// Reads until this has come.
  private static String until(InputStream in, String wanted) throws IOException {
    var seen = new ByteArrayOutputStream();
    while (!seen.toString(StandardCharsets.UTF_8).contains(wanted)) {
      int one = in.read();
      assertThat(one).as("end before '%s': %s", wanted, seen).isNotNegative();
      seen.write(one);
    }
    return seen.toString(StandardCharsets.UTF_8);
  }

  private static String rest(Process process) throws Exception {
    String rest = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, SECONDS)).isTrue();
    return rest;
  }

  private static List<String> seen(String written) {
    var glass = new Glass(60, 8);
    glass.write(written.replace("^C", ""));
    return glass.lines();
  }

  private static Task task(int number, Task.State state) {
    return Samples.task(state).toBuilder()
        .setName("tasks/" + number)
        .setDisplayId("TASK-000" + number)
        .setTitle("A title that is by far too long for so small a terminal")
        .build();
  }

  @Test
  void a_watched_list_is_drawn_again_in_place_and_ctrl_c_leaves_the_terminal_as_it_was()
      throws Exception {
    var asked = new AtomicInteger();
    server.on(
        TaskServiceGrpc.getListTasksMethod(),
        request -> {
          var page = ListTasksResponse.newBuilder().setTotalSize(12).setNextPageToken("more");
          for (int i = 1; i <= request.getPageSize(); i++) {
            boolean late = asked.get() > 0 && i == 2;
            page.addTasks(task(i, late ? Task.State.REVIEW : Task.State.RUNNING));
          }
          asked.incrementAndGet();
          return page.build();
        });
    Process process = begin("task list --watch");
    String written = until(process.getInputStream(), "REVIEW");
    process.getOutputStream().write(3);
    process.getOutputStream().flush();
    written += rest(process);
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(seen(written)).hasSize(7).allMatch(it -> it.length() < 60);
    assertThat(seen(written).get(2)).startsWith("TASK-0002  REVIEW");
    assertThat(seen(written).getLast()).isEqualTo("... and 7 more");
    assertThat(written)
        .startsWith("\u001b[?25l")
        .endsWith("\u001b[?25h")
        .contains("\u001b[36mREVIEW");
  }

  @Test
  void ctrl_c_cancels_what_is_run_on_a_terminal() throws Exception {
    server.on(TaskServiceGrpc.getCreateTaskMethod(), _ -> task(1, Task.State.QUEUED));
    server.on(TaskServiceGrpc.getCancelTaskMethod(), _ -> task(1, Task.State.STOPPING));
    server.onStream(
        TaskServiceGrpc.getWatchTaskMethod(),
        (_, replies) -> {
          boolean over = !server.asked(CancelTaskRequest.class).isEmpty();
          Task.State state = over ? Task.State.CANCELLED : Task.State.RUNNING;
          replies.onNext(WatchTaskResponse.newBuilder().setTask(task(1, state)).build());
        });
    Process process = begin("run Mend --project /shop --agent claude");
    String written = until(process.getInputStream(), "RUNNING");
    process.getOutputStream().write(3);
    process.getOutputStream().flush();
    written += rest(process);
    assertThat(process.exitValue()).as(written).isEqualTo(11);
    assertThat(written)
        .contains("TASK-0001 is being cancelled; its work is kept")
        .contains("TASK-0001  CANCELLED")
        .contains("\u001b[?25h")
        .doesNotContain("UNEXPECTED", "Shutdown in progress");
  }

  @Test
  void a_watched_task_leaves_a_line_for_each_state() throws Exception {
    server.onStream(
        TaskServiceGrpc.getWatchTaskMethod(),
        (_, replies) -> {
          for (Task.State state :
              List.of(Task.State.QUEUED, Task.State.RUNNING, Task.State.REVIEW)) {
            replies.onNext(WatchTaskResponse.newBuilder().setTask(task(1, state)).build());
          }
        });
    Process process = begin("task watch 1");
    String written = rest(process);
    assertThat(process.exitValue()).isZero();
    assertThat(seen(written))
        .hasSize(3)
        .satisfies(lines -> {
          assertThat(lines.get(0)).startsWith("TASK-0001 QUEUED");
          assertThat(lines.get(1)).startsWith("TASK-0001 RUNNING");
          assertThat(lines.get(2)).startsWith("TASK-0001 REVIEW");
        });
  }

  @Test
  void a_list_is_as_wide_as_the_terminal() throws Exception {
    server.on(
        TaskServiceGrpc.getListTasksMethod(),
        _ -> ListTasksResponse.newBuilder().addTasks(task(1, Task.State.RUNNING)).build());
    String written = rest(begin("task list"));
    assertThat(seen(written)).hasSize(2);
    assertThat(seen(written).get(1)).hasSizeLessThanOrEqualTo(60).endsWith("…");
  }

  @Test
  void what_an_agent_writes_does_not_steer_the_terminal() throws Exception {
    server.onStream(
        RecordServiceGrpc.getStreamOutputMethod(),
        (_, replies) -> {
          replies.onNext(
              StreamOutputResponse.newBuilder()
                  .setData(ByteString.copyFromUtf8("\u001b[2Jhello\n"))
                  .setAttempt(1)
                  .build());
          replies.onCompleted();
        });
    assertThat(rest(begin("task logs -f 1"))).isEqualTo("␛[2Jhello\r\n");
    assertThat(rest(begin("task logs -f 1 --raw"))).isEqualTo("\u001b[2Jhello\r\n");
  }
}
