package io.salvor.it.saga;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.SmallDisk;
import io.salvor.it.harness.Survivors;
import io.salvor.v1.Attempt;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Starts that fail are compensated: the task is never left CLAIMED, the reason is named, nothing
/// stays behind, and no attempt is used up.
final class FailedStartTest {
  @AutoClose private static final Bench bench = Bench.idle("failed-start");

  private static final Path BROKEN = bench.folder().resolve("project-broken");
  private static final Path SLOW = bench.folder().resolve("project-slow");

  private final ScratchProject project = bench.project();

  @BeforeAll
  static void start() {
    bench.configured(
        """
        [projects."%s"]
        setup = ["echo trying >>../setups", "echo no luck >&2; exit 3"]
        [projects."%s"]
        setup = ["echo begun >>../slow", "read -r word <../slow-gate", "echo done >>../slow"]
        """
            .formatted(BROKEN, SLOW));
    bench.start();
  }

  @Test
  void an_occupied_path_fails_at_once_and_is_not_touched_Z15() throws IOException {
    Task task = bench.author().create(job(project, Scripts.commits("a.txt")));
    Path path = workspacePath(project, task);
    Files.createDirectories(path);
    Files.writeString(path.resolve("mine.txt"), "mine");

    Task failed = dispatchedToFailure(task);
    assertStartFailed(failed, "workspace_failed");
    assertThat(ending(failed)).contains(path.toString());
    assertThat(Files.readString(path.resolve("mine.txt"))).isEqualTo("mine");
    assertNothingLeft(project, task);
  }

  @Test
  void a_branch_of_the_users_own_is_refused_by_name_and_kept_Z15_Z17() {
    Task task = bench.author().create(job(project, Scripts.commits("a.txt")));
    project.git("branch", "task/" + task.getDisplayId());

    Task failed = dispatchedToFailure(task);
    assertStartFailed(failed, "workspace_failed");
    assertThat(project.git("branch", "--list", "task/*")).contains(task.getDisplayId());
    assertThat(workspacePath(project, task)).doesNotExist();
  }

  @Test
  void a_missing_program_fails_at_once_and_leaves_no_workspace_Z1() {
    Task task = bench.author().create(job(project, List.of("no-such-program-anywhere")));
    Task failed = dispatchedToFailure(task);
    assertStartFailed(failed, "spawn_failed");
    assertThat(ending(failed)).contains("no-such-program-anywhere");
    assertThat(workspacePath(project, task)).doesNotExist();
    assertThat(project.git("worktree", "list").lines()).hasSize(1);
  }

  @Test
  void an_argument_too_long_for_the_kernel_fails_at_once_Z18() {
    Task task =
        bench.author().create(job(project, List.of("sh", "-c", "exit 0", "x".repeat(200_000))));
    Task failed = dispatchedToFailure(task);
    assertStartFailed(failed, "spawn_failed");
    assertThat(workspacePath(project, task)).doesNotExist();
  }

  @Test
  void a_brief_longer_than_any_argument_reaches_the_agent_Z18() throws IOException {
    String brief = "long ".repeat(60_000).strip();
    Path prompt = bench.fresh("prompt");
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(project, Scripts.notesItsPrompt(prompt, "a.txt")).setBrief(brief));
    bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(Files.readString(prompt)).isEqualTo(brief);
  }

  @Test
  void a_set_up_that_fails_waits_for_its_wake_up_and_is_tried_again_by_itself_Z1()
      throws IOException {
    ScratchProject broken = ScratchProject.in(BROKEN);
    Task task = bench.author().create(job(broken, Scripts.commits("a.txt")));
    bench.author().dispatch(task.getName());
    Task ready = bench.author().await(task.getName(), Task.State.READY, 1);
    assertStartFailed(ready, "workspace_failed");
    assertThat(ending(ready)).contains("exit 3");
    Instant wakeUp = Instant.ofEpochSecond(ready.getWaitsFor().getUntilTime().getSeconds());
    assertThat(Duration.between(Instant.now(), wakeUp))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(12));
    assertThat(Files.readString(bench.recorder(task, 1).resolve("commands.log")))
        .contains("no luck");

    Task again = bench.author().await(task.getName(), Task.State.READY, 2);
    assertThat(again.getAttemptsList()).noneMatch(Attempt::getAgentStarted);
    assertThat(Files.readAllLines(bench.folder().resolve("setups"))).hasSize(2);
    assertThat(Survivors.ofTask(task.getUid())).isEmpty();
  }

  @Test
  void a_set_up_that_a_kill_cut_off_is_run_again_from_the_start_and_its_children_are_ended_Z6()
      throws IOException {
    ScratchProject slow = ScratchProject.in(SLOW);
    Gate gate = Gate.in(bench.folder(), "slow-gate");
    Task task = bench.author().createAndDispatch(job(slow, Scripts.commits("a.txt")));
    Path notes = bench.folder().resolve("slow");
    Await.until("the set-up to begin", () -> Files.exists(notes));
    bench.restartAfterKill();
    Await.until("the set-up to begin again", () -> Files.readAllLines(notes).size() == 2);
    gate.open();
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(reviewed.getAttemptsList()).hasSize(1);
    assertThat(Files.readAllLines(notes)).containsExactly("begun", "begun", "done");
  }

  @Test
  void a_full_disk_leaves_no_half_made_workspace_and_heals_by_itself_Z11() throws IOException {
    Path mounted = Files.createDirectory(bench.folder().resolve("small"));
    assumeTrue(SmallDisk.canMount(), "mounting a small tmpfs needs root");
    try (SmallDisk disk = SmallDisk.mount(mounted, 3 << 20)) {
      ScratchProject small = ScratchProject.in(mounted.resolve("project"));
      small.commit("big.txt", "0123456789abcdef".repeat(64 << 10));
      Task task = bench.author().create(job(small, Scripts.commits("a.txt")));
      disk.fill(512 << 10);
      bench.author().dispatch(task.getName());
      Task ready = bench.author().await(task.getName(), Task.State.READY, 1);
      assertStartFailed(ready, "workspace_failed");
      assertThat(ready.hasWaitsFor()).isTrue();
      assertThat(workspacePath(small, task)).doesNotExist();
      assertThat(small.git("worktree", "list").lines()).hasSize(1);

      disk.empty();
      bench.author().await(task.getName(), Task.State.REVIEW);
    }
  }

  private static Task dispatchedToFailure(Task task) {
    bench.author().dispatch(task.getName());
    return bench.author().await(task.getName(), Task.State.FAILED);
  }

  private static void assertStartFailed(Task task, String reason) {
    Attempt last = task.getAttempts(task.getAttemptsCount() - 1);
    assertThat(last.getEnding().getCodepath()).isEqualTo("start_failed");
    assertThat(last.getEnding().getReason()).isEqualTo(reason);
    assertThat(last.getAgentStarted()).isFalse();
    assertThat(last.getState()).isEqualTo(Attempt.State.ENDED);
    assertThat(Survivors.ofTask(task.getUid())).isEmpty();
  }

  private static void assertNothingLeft(ScratchProject project, Task task) {
    assertThat(project.git("for-each-ref", "--format=%(refname)", "refs/salvor"))
        .doesNotContain(task.getDisplayId());
    assertThat(project.git("branch", "--list", "task/*")).doesNotContain(task.getDisplayId());
    assertThat(project.git("worktree", "list")).doesNotContain(task.getDisplayId());
  }

  private static Path workspacePath(ScratchProject project, Task task) {
    return project.root().resolveSibling(project.root().getFileName() + "-" + task.getDisplayId());
  }

  private static String ending(Task task) {
    return task.getAttempts(task.getAttemptsCount() - 1).getEnding().getDetail();
  }
}
