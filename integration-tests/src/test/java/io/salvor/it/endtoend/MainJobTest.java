package io.salvor.it.endtoend;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.ApproveTaskRequest;
import io.salvor.v1.Attempt;
import io.salvor.v1.CompleteTaskRequest;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.MergeRefusal;
import io.salvor.v1.MergeTaskRequest;
import io.salvor.v1.RejectTaskRequest;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// From a task to its merge.
final class MainJobTest {
  @AutoClose private static final Bench bench = Bench.started("main-job");

  private final ScratchProject project = bench.project();

  @Test
  void work_of_an_agent_approved_by_another_actor_is_merged_and_read_back_from_git_Z19() {
    Task made = bench.author().create(job(project, Scripts.commits("new.txt")));
    assertThat(made.getState()).isEqualTo(Task.State.READY);

    bench.author().dispatch(made.getName());
    Task reviewed = bench.author().await(made.getName(), Task.State.REVIEW);
    assertThat(reviewed.getExecutorsList()).containsExactly("agent:command");
    assertThat(reviewed.getAttemptsList()).hasSize(1);
    Attempt attempt = reviewed.getAttempts(0);
    assertThat(attempt.getEnding().getReason()).isEqualTo("success");
    assertThat(attempt.getEnding().getCodepath()).isEqualTo("stream_eof_fallback");
    assertThat(attempt.getWorkspace().getCommitsAhead()).isEqualTo(1);

    bench.reviewer().approveAndMerge(made.getName());
    Task merged = bench.author().await(made.getName(), Task.State.MERGED);
    assertThat(merged.getTargetCommit()).isEqualTo(project.git("rev-parse", "main"));
    assertThat(merged.getApproval().getActor()).isEqualTo("user:reviewer");
    assertThat(project.root().resolve("new.txt")).exists();
    assertThat(project.git("status", "--porcelain")).isEmpty();
    assertThat(project.git("branch", "--contains", reviewed.getWorkspace().getHead()))
        .contains("main");
  }

  @Test
  void a_task_is_made_and_dispatched_in_one_step() {
    Task made = bench.author().createAndDispatch(job(project, Scripts.commits("one.txt")));
    assertThat(bench.author().await(made.getName(), Task.State.REVIEW).getAttemptsCount())
        .isEqualTo(1);
  }

  @Test
  void the_executor_may_not_approve_its_own_work_Z19() {
    Task task = reviewed("own.txt");
    Refused refused = Refused.of(() -> bench.as("agent:command").approveAndMerge(task.getName()));
    assertThat(refused.reason()).isEqualTo(ErrorReason.Code.SELF_APPROVAL);
    assertThat(refused.status()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(bench.author().get(task.getName()).getState()).isEqualTo(Task.State.REVIEW);
  }

  @Test
  void who_says_that_the_work_is_done_is_an_executor_and_may_not_approve_it_Z19() {
    Task task = bench.author().createAndDispatch(job(project, Scripts.exits(3)));
    bench.author().await(task.getName(), Task.State.FAILED);
    ScratchProject.commit(workspace(task), "by-hand.txt", "by hand\n");
    bench.as("user:hand").tasks().completeTask(done(task, false));

    assertThat(Refused.of(() -> bench.as("user:hand").approve(task.getName())).reason())
        .isEqualTo(ErrorReason.Code.SELF_APPROVAL);
    assertThat(bench.reviewer().approve(task.getName()).getState()).isEqualTo(Task.State.APPROVED);
  }

  @Test
  void a_verdict_on_a_commit_that_is_no_longer_the_tip_is_refused_Z19() {
    Task task = reviewed("looked-at.txt");
    String lookedAt = task.getWorkspace().getHead();
    ScratchProject.commit(workspace(task), "later.txt", "later\n");

    Refused refused =
        Refused.of(() ->
            bench
                .reviewer()
                .tasks()
                .approveTask(
                    ApproveTaskRequest.newBuilder()
                        .setName(task.getName())
                        .setCommit(lookedAt)
                        .build()));
    assertThat(refused.reason()).isEqualTo(ErrorReason.Code.COMMIT_MOVED);
    assertThat(refused.status()).isEqualTo(Status.Code.ABORTED);
  }

  @Test
  void a_commit_after_the_approval_voids_it_and_is_not_merged_Z19() {
    Task task = reviewed("approved.txt");
    bench.reviewer().approve(task.getName());
    String later = ScratchProject.commit(workspace(task), "sneaked-in.txt", "sneaked in\n");

    bench
        .reviewer()
        .tasks()
        .mergeTask(MergeTaskRequest.newBuilder().setName(task.getName()).build());
    Task back = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(back.hasApproval()).isFalse();
    assertThat(back.getWorkspace().getHead()).isEqualTo(later);
    assertThat(project.root().resolve("sneaked-in.txt")).doesNotExist();
  }

  @Test
  void done_refuses_uncommitted_work_unless_it_is_forced_Z16() {
    Task task = bench.author().createAndDispatch(job(project, Scripts.exits(1)));
    bench.author().await(task.getName(), Task.State.FAILED);
    ScratchProject.commit(workspace(task), "committed.txt", "committed\n");
    ScratchProject.write(workspace(task).resolve("left.txt"), "left\n");

    Refused refused = Refused.of(() -> bench.author().tasks().completeTask(done(task, false)));
    assertThat(refused.reason()).isEqualTo(ErrorReason.Code.UNCOMMITTED_WORK);
    assertThat(bench.author().tasks().completeTask(done(task, true)).getState())
        .isEqualTo(Task.State.REVIEW);
  }

  @Test
  void a_conflict_leaves_the_task_approved_and_names_the_files_Z19() {
    Task task = reviewed("both.txt");
    String ours = project.commit("both.txt", "ours\n");
    bench.reviewer().approveAndMerge(task.getName());

    Task refused = bench.author().await(task.getName(), Task.State.APPROVED);
    assertThat(refused.getMergeRefusal().getKind()).isEqualTo(MergeRefusal.Kind.CONFLICT);
    assertThat(refused.getMergeRefusal().getFilesList()).containsExactly("both.txt");
    assertThat(project.git("rev-parse", "main")).isEqualTo(ours);
    assertThat(project.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void overlapping_changes_in_the_main_checkout_stop_the_merge_and_are_untouched_Z17()
      throws IOException {
    Task task = reviewed("mine.txt");
    Path mine = project.root().resolve("mine.txt");
    ScratchProject.write(mine, "unfinished\n");
    bench.reviewer().approveAndMerge(task.getName());

    Task refused = bench.author().await(task.getName(), Task.State.APPROVED);
    assertThat(refused.getMergeRefusal().getKind()).isEqualTo(MergeRefusal.Kind.DIRTY_OVERLAP);
    assertThat(refused.getMergeRefusal().getFilesList()).containsExactly("mine.txt");
    assertThat(Files.readString(mine)).isEqualTo("unfinished\n");
  }

  @Test
  void rejected_work_is_not_merged_and_can_be_taken_up_again_Z4() {
    Task task = reviewed("rejected.txt");
    bench
        .reviewer()
        .tasks()
        .rejectTask(RejectTaskRequest.newBuilder().setName(task.getName()).setReason("no").build());
    assertThat(Refused.of(() -> bench.reviewer().approveAndMerge(task.getName())).reason())
        .isEqualTo(ErrorReason.Code.WRONG_STATE);

    bench.author().dispatchResuming(task.getName());
    Task again = awaitAttempts(task, 2);
    assertThat(again.getAttempts(1).getMode()).isEqualTo(Attempt.Mode.RESUME);
  }

  @Test
  void the_main_checkout_is_not_touched_while_an_agent_works_Z17() {
    Gate gate = bench.gate();
    ScratchProject.write(project.root().resolve("notes.txt"), "unfinished\n");
    String head = project.git("rev-parse", "HEAD");
    Task task =
        bench.author().createAndDispatch(job(project, Scripts.waitsAndCommits(gate, "far.txt")));
    bench.author().await(task.getName(), Task.State.RUNNING);

    assertThat(project.git("status", "--porcelain")).isEqualTo("?? notes.txt");
    assertThat(project.git("rev-parse", "HEAD")).isEqualTo(head);
    gate.open();
    bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(project.git("status", "--porcelain")).isEqualTo("?? notes.txt");
    assertThat(project.git("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
  }

  private Task reviewed(String file) {
    Task task = bench.author().createAndDispatch(job(project, Scripts.commits(file)));
    return bench.author().await(task.getName(), Task.State.REVIEW);
  }

  private Task awaitAttempts(Task task, int attempts) {
    Await.until(
        attempts + " attempts that are over",
        () ->
            bench.author().get(task.getName()).getAttemptsList().stream()
                    .filter(it -> it.getState() == Attempt.State.ENDED)
                    .count()
                == attempts);
    return bench.author().awaitRest(task.getName());
  }

  private static Path workspace(Task task) {
    return Path.of(bench.author().get(task.getName()).getWorkspace().getPath());
  }

  private static CompleteTaskRequest done(Task task, boolean force) {
    return CompleteTaskRequest.newBuilder().setName(task.getName()).setForce(force).build();
  }
}
