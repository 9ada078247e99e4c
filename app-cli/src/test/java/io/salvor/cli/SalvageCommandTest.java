package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.salvor.v1.DiffTaskRequest;
import io.salvor.v1.SalvageTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.WatchTaskResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SalvageCommandTest {
  @TempDir Path directory;
  private Cli cli;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    cli = new Cli(directory);
    server = FakeServer.inHome(cli.home());
    server.on(TaskServiceGrpc.getGetTaskMethod(), _ -> Samples.task(Task.State.FAILED));
    server.on(TaskServiceGrpc.getSalvageTaskMethod(), _ -> Samples.task(Task.State.VERIFYING));
    server.onStream(
        TaskServiceGrpc.getWatchTaskMethod(),
        (_, replies) ->
            replies.onNext(WatchTaskResponse.newBuilder().setTask(Samples.inReview()).build()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void diffEndsWith(Status status) {
    server.onStream(
        TaskServiceGrpc.getDiffTaskMethod(), (_, replies) -> replies.onError(status.asException()));
  }

  @Test
  void work_is_saved_also_where_it_takes_too_long_to_show_it_first() {
    diffEndsWith(Status.DEADLINE_EXCEEDED);
    var result = cli.run("task", "salvage", "1");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).contains("it took too long to look at what is there");
    assertThat(server.asked(SalvageTaskRequest.class)).hasSize(1);
    assertThat(server.asked(DiffTaskRequest.class)).as("not asked twice in vain").hasSize(1);
  }

  @Test
  void who_only_wanted_to_see_it_is_told_that_it_took_too_long() {
    diffEndsWith(Status.DEADLINE_EXCEEDED);
    assertThat(cli.run("task", "salvage", "1", "--dry-run").exit()).isEqualTo(1);
  }

  @Test
  void what_is_refused_is_not_saved() {
    server.refuse(
        TaskServiceGrpc.getDiffTaskMethod(), Status.Code.NOT_FOUND, "gone", "TASK_NOT_FOUND", "");
    assertThat(cli.run("task", "salvage", "1").exit()).isEqualTo(3);
    assertThat(server.asked(SalvageTaskRequest.class)).isEmpty();
  }
}
