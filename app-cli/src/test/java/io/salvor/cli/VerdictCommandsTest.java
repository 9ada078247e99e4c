package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.v1.Approval;
import io.salvor.v1.ApproveTaskRequest;
import io.salvor.v1.CompleteTaskRequest;
import io.salvor.v1.MergeTaskRequest;
import io.salvor.v1.Push;
import io.salvor.v1.Submission;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.WatchTaskResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said with work and with verdicts, and what is told of a push.
final class VerdictCommandsTest {
  @TempDir Path directory;
  private Cli cli;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    cli = new Cli(directory);
    server = FakeServer.inHome(cli.home());
    server.on(TaskServiceGrpc.getApproveTaskMethod(), _ -> Samples.task(Task.State.MERGING));
    server.on(TaskServiceGrpc.getMergeTaskMethod(), _ -> Samples.task(Task.State.MERGING));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Task pushed(Push.State state, String detail) {
    return Samples.task(Task.State.MERGED).toBuilder()
        .setStateDetail("in main at 1f2e3d4")
        .setTargetCommit("1f2e3d4c5b6a79880716253443526170f0e1d2c3")
        .setPush(Push.newBuilder().setRemote("origin").setState(state).setDetail(detail))
        .build();
  }

  private void watchShows(List<Task> tasks) {
    server.onStream(
        TaskServiceGrpc.getWatchTaskMethod(),
        (_, replies) -> {
          for (int i = 0; i < tasks.size(); i++) {
            replies.onNext(
                WatchTaskResponse.newBuilder().setTask(tasks.get(i)).setCursor(i + 1L).build());
          }
        });
  }

  @Test
  void work_is_handed_in_with_a_summary_and_a_domain() {
    server.on(TaskServiceGrpc.getCompleteTaskMethod(), _ -> Samples.inReview());
    var result =
        cli.run("task", "done", "1", "--summary", "mended the gate", "--domain", "carpentry");
    assertThat(result.exit()).as(result.err()).isZero();
    CompleteTaskRequest request = server.asked(CompleteTaskRequest.class).getLast();
    assertThat(request.getSummary()).isEqualTo("mended the gate");
    assertThat(request.getDomain()).isEqualTo("carpentry");
  }

  @Test
  void a_verdict_names_its_domain() {
    server.on(TaskServiceGrpc.getApproveTaskMethod(), _ -> Samples.task(Task.State.APPROVED));
    var result = cli.run("task", "approve", "1", "--domain", "security", "--notes", "no way in");
    assertThat(result.exit()).as(result.err()).isZero();
    ApproveTaskRequest request = server.asked(ApproveTaskRequest.class).getLast();
    assertThat(request.getDomain()).isEqualTo("security");
    assertThat(request.getNotes()).isEqualTo("no way in");
    assertThat(request.getMerge()).isFalse();
    assertThat(request.getPush()).isEmpty();
  }

  @Test
  void a_push_means_a_merge_and_is_waited_for() {
    watchShows(
        List.of(
            Samples.task(Task.State.MERGING),
            pushed(Push.State.PENDING, ""),
            pushed(Push.State.DONE, "")));
    var result = cli.run("task", "approve", "1", "--push", "origin");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo("TASK-0001  MERGED  in main at 1f2e3d4\n");
    ApproveTaskRequest request = server.asked(ApproveTaskRequest.class).getLast();
    assertThat(request.getMerge()).isTrue();
    assertThat(request.getPush()).isEqualTo("origin");
  }

  @Test
  void a_push_that_failed_exits_1_and_tells_what_mends_it() {
    watchShows(
        List.of(
            pushed(Push.State.FAILED, "[rejected] (fetch first)").toBuilder()
                .setNextCommand("git -C /home/ann/shop push origin main")
                .build()));
    var result = cli.run("task", "merge", "1", "--push", "origin");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .endsWith(
            """
            salvor: TASK-0001 is merged into main, and was not pushed to origin: [rejected] (fetch first)
            try: git -C /home/ann/shop push origin main
            """);
    assertThat(server.asked(MergeTaskRequest.class).getLast().getPush()).isEqualTo("origin");
  }

  @Test
  void a_merge_without_a_push_asks_for_none() {
    watchShows(
        List.of(Samples.task(Task.State.MERGED).toBuilder().setStateDetail("in main").build()));
    var result = cli.run("task", "merge", "1");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(server.asked(MergeTaskRequest.class).getLast().getPush()).isEmpty();
  }

  @Test
  void what_was_said_is_shown() {
    server.on(
        TaskServiceGrpc.getGetTaskMethod(),
        _ ->
            Samples.inReview().toBuilder()
                .setSubmission(
                    Submission.newBuilder().setSummary("mended the gate").setDomain("carpentry"))
                .build());
    assertThat(cli.run("task", "show", "1").out())
        .containsPattern("handed in +in carpentry: mended the gate\n");

    server.on(
        TaskServiceGrpc.getGetTaskMethod(),
        _ ->
            pushed(Push.State.FAILED, "closed").toBuilder()
                .setApproval(
                    Approval.newBuilder()
                        .setActor("user:bob")
                        .setCommit("1f2e3d4c5b6a79880716253443526170f0e1d2c3")
                        .setDomain("security")
                        .setNotes("no way in"))
                .build());
    assertThat(cli.run("task", "show", "1").out())
        .containsPattern("approved by +user:bob at 1f2e3d4\\w* in security: no way in\n")
        .containsPattern("merged as +main at 1f2e3d4")
        .containsPattern("not pushed +origin: closed\n");
  }
}
