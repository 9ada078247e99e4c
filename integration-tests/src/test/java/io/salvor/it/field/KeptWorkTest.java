package io.salvor.it.field;

import static io.salvor.it.harness.Bench.job;
import static io.salvor.it.harness.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.ServerProcess.Surroundings;
import io.salvor.it.harness.Shell;
import io.salvor.it.harness.Survivors;
import io.salvor.v1.CancelTaskRequest;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.MergeRefusal;
import io.salvor.v1.RejectTaskRequest;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Work that is cleaned up, merged or waved through by those who should not.
final class KeptWorkTest {
  @AutoClose private static final Bench bench = Bench.idle("kept-work");

  private static final ScratchProject gated = bench.project();

  private final ScratchProject project = bench.project();

  @BeforeAll
  static void start() {
    gated.commit("check.sh", "test -e good.txt || { echo no good; exit 1; }\n");
    bench.configured("[projects.\"%s\"]\ngates = [\"sh check.sh\"]\n".formatted(gated.root()));
    bench.start();
  }

  /// A clean-up by age removes a dirty tree and a detached commit.
  @Test
  void whatever_is_pruned_every_byte_of_work_can_still_be_reached_F101() throws IOException {
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(
                    project,
                    script(
                        """
                        export GIT_COMMITTER_DATE='2001-01-01 00:00:00 +0000'
                        echo on the branch >a; git add a; git commit -qm a
                        echo stashed >>a; git stash -q
                        git checkout -q --detach
                        unset GIT_COMMITTER_DATE
                        echo left behind >l; git add l; git commit -qm l
                        export GIT_COMMITTER_DATE='2001-01-01 00:00:00 +0000'
                        git checkout -q --detach "task/$SALVOR_TASK"
                        echo detached >d; git add d; git commit -qm d
                        echo dirty >>a; echo untracked >u
                        echo staged >s; git add s
                        find . -not -path './.git*' -exec touch -d 2001-01-01 {} +
                        echo hanging; exec sleep 1000
                        """)));
    Await.until("all its work", () -> said(task, "hanging"));
    Path workspace = Path.of(bench.author().get(task.getName()).getWorkspace().getPath());
    cancel(task);
    bench.author().await(task.getName(), Task.State.CANCELLED);

    var salvor = new CommandLine(bench.home(), project.root(), "user:author");
    salvor.run("workspace", "prune");
    salvor.run("workspace", "remove", task.getDisplayId());
    if (Files.exists(workspace)) {
      assertThat(Files.readString(workspace.resolve("u"))).isEqualTo("untracked\n");
      assertThat(Files.readString(workspace.resolve("a"))).endsWith("dirty\n");
    } else {
      project.git("reflog", "expire", "--expire=now", "--all");
    }
    project.git("gc", "-q", "--prune=now");
    for (String work :
        List.of(
            "on the branch\n",
            "left behind\n",
            "detached\n",
            "on the branch\nstashed\n",
            "on the branch\ndirty\n",
            "untracked\n",
            "staged\n")) {
      assertThat(Shell.run(project.root(), List.of("git", "cat-file", "-e", blob(work))).status())
          .as("%s is %s", work, Files.exists(workspace) ? "in the workspace" : "in the repository")
          .isZero();
    }
  }

  private String blob(String content) throws IOException {
    Path file = Files.writeString(bench.fresh("blob"), content);
    return project.git("hash-object", file.toString());
  }

  /// An idle dirty tree is removed by force; a `/proc` that cannot be read falls open.
  @Test
  void what_cannot_be_seen_is_not_taken_for_gone_F105() throws Exception {
    assumeTrue(
        Shell.run(bench.folder(), List.of("unshare", "-m", "true")).status() == 0,
        "no mount may be made here");
    try (Bench blind = Bench.idle("blind")) {
      blind.surround(
          new Surroundings(List.of("unshare", "-m", "--propagation", "private"), Map.of()));
      blind.start();
      ScratchProject seen = blind.project();
      Task task =
          blind
              .author()
              .createAndDispatch(
                  job(
                      seen,
                      script("echo dirty >d; trap '' TERM; echo on; while :; do sleep 0.2; done")));
      blind.author().await(task.getName(), Task.State.RUNNING);
      Path dirty =
          Path.of(blind.author().get(task.getName()).getWorkspace().getPath()).resolve("d");
      Await.until("its work", () -> Files.exists(dirty));
      long agent = blind.author().get(task.getName()).getAttempts(0).getPid();
      inside(blind, "mount", "-t", "tmpfs", "none", "/proc/" + agent);

      blind
          .author()
          .tasks()
          .cancelTask(CancelTaskRequest.newBuilder().setName(task.getName()).build());
      long begun = System.nanoTime();
      Await.until(
          "ten seconds, or a proof",
          () ->
              blind.author().get(task.getName()).getState() == Task.State.CANCELLED
                  || System.nanoTime() - begun > Duration.ofSeconds(10).toNanos());
      if (blind.author().get(task.getName()).getState() == Task.State.CANCELLED) {
        assertThat(Survivors.ofTask(task.getUid())).isEmpty();
      } else {
        var salvor = new CommandLine(blind.home(), seen.root(), "user:author");
        assertThat(salvor.run("workspace", "remove", task.getDisplayId()).status()).isNotZero();
        assertThat(dirty).exists();
        inside(blind, "umount", "/proc/" + agent);
        blind.author().await(task.getName(), Task.State.CANCELLED);
        assertThat(Survivors.ofTask(task.getUid())).isEmpty();
      }
      Task over = blind.author().get(task.getName());
      assertThat(seen.git("show", over.getAttempts(0).getWorkspace().getSnapshot() + ":d"))
          .isEqualTo("dirty");
    }
  }

  private static void inside(Bench bench, String... command) {
    var all =
        new java.util.ArrayList<>(
            List.of("nsenter", "-m", "-t", Long.toString(bench.server().pid())));
    all.addAll(List.of(command));
    Shell.succeed(Path.of("/"), all.toArray(String[]::new));
  }

  /// A merge fails silently where its target is checked out elsewhere.
  @Test
  void a_target_that_is_checked_out_elsewhere_moves_with_its_files_or_says_why_not_F121()
      throws IOException {
    project.commit("shared.txt", "one\n");
    Path elsewhere = bench.fresh("elsewhere");
    project.git("worktree", "add", "-q", "-b", "release", elsewhere.toString());
    Task clean = reviewed("new.txt");
    bench.reviewer().approveAndMerge(clean.getName());
    bench.author().await(clean.getName(), Task.State.MERGED);
    assertThat(Files.readString(elsewhere.resolve("new.txt"))).isEqualTo("new.txt\n");
    assertThat(ScratchProject.git(elsewhere, "status", "--porcelain")).isEmpty();
    assertThat(project.git("status", "--porcelain")).isEmpty();

    Files.writeString(elsewhere.resolve("shared.txt"), "mine\n");
    Task overlapping = reviewed("shared.txt");
    String before = project.git("rev-parse", "release");
    bench.reviewer().approveAndMerge(overlapping.getName());
    Task refused = awaitRefusal(overlapping);
    assertThat(refused.getMergeRefusal().getKind()).isEqualTo(MergeRefusal.Kind.DIRTY_OVERLAP);
    assertThat(refused.getMergeRefusal().getFilesList()).containsExactly("shared.txt");
    assertThat(Files.readString(elsewhere.resolve("shared.txt"))).isEqualTo("mine\n");
    assertThat(project.git("rev-parse", "release")).isEqualTo(before);
  }

  /// The same where git says that the branch is in use though nobody has it checked out by name.
  @Test
  void a_target_that_somebody_is_rebasing_is_not_moved_under_him_F121() throws IOException {
    project.commit("shared.txt", "one\n");
    Path elsewhere = bench.fresh("elsewhere");
    project.git("worktree", "add", "-q", "-b", "release", elsewhere.toString());
    ScratchProject.commit(elsewhere, "shared.txt", "release\n");
    Task task = reviewed("new.txt");
    project.commit("shared.txt", "main\n");
    assertThat(Shell.run(elsewhere, List.of("git", "rebase", "main")).status()).isNotZero();
    String before = project.git("rev-parse", "release");

    bench.reviewer().approveAndMerge(task.getName());
    Task refused = awaitRefusal(task);
    assertThat(refused.getMergeRefusal().getDetail()).contains("rebase");
    assertThat(project.git("rev-parse", "release")).isEqualTo(before);

    Files.writeString(elsewhere.resolve("shared.txt"), "release\n");
    ScratchProject.git(elsewhere, "add", "shared.txt");
    ScratchProject.git(elsewhere, "-c", "core.editor=true", "rebase", "--continue");
    bench.reviewer().approveAndMerge(task.getName());
    bench.author().await(task.getName(), Task.State.MERGED);
    assertThat(ScratchProject.git(elsewhere, "status", "--porcelain")).isEmpty();
    assertThat(elsewhere.resolve("new.txt")).exists();
  }

  private Task reviewed(String file) {
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(project, Scripts.commits(file)).setTargetBranch("release").setBase("release"));
    return bench.author().await(task.getName(), Task.State.REVIEW);
  }

  private static Task awaitRefusal(Task task) {
    Await.until(
        "a refusal or a merge",
        () -> {
          Task now = bench.author().get(task.getName());
          return now.hasMergeRefusal() || now.getState() == Task.State.MERGED;
        });
    Task now = bench.author().get(task.getName());
    assertThat(now.getState()).isEqualTo(Task.State.APPROVED);
    return now;
  }

  /// Verification fails, and the task is completed all the same, twice.
  @Test
  void nobody_completes_what_does_not_pass_its_gates_F135() {
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(
                    gated,
                    script(
                        """
                        echo try >>work.txt; git add .; git commit -qm Try
                        printf '{"salvor":"result","status":"success","text":"all gates pass, task completed"}\\n'
                        """)));
    Task stuck = bench.author().awaitRest(task.getName());
    assertThat(stuck.getState()).isEqualTo(Task.State.NEEDS_FIX);
    assertNotApprovable(stuck);

    var salvor = new CommandLine(bench.home(), gated.root(), "user:author");
    salvor.run("task", "retry", task.getDisplayId());
    Await.until(
        "another attempt to be judged",
        () -> {
          Task now = bench.author().get(task.getName());
          return now.getAttemptsCount() > stuck.getAttemptsCount()
              && now.getState() == Task.State.NEEDS_FIX;
        });
    assertNotApprovable(bench.author().get(task.getName()));

    assertThat(salvor.run("task", "done", task.getDisplayId()).status()).isZero();
    bench.reviewer().approveAndMerge(task.getName());
    Task refused = awaitRefusal(task);
    assertThat(refused.getMergeRefusal().getKind()).isEqualTo(MergeRefusal.Kind.GATES_FAILED);
    assertThat(refused.getMergeRefusal().getDetail()).contains("sh check.sh");
    assertThat(gated.git("log", "--format=%s", "main")).doesNotContain("Try");

    ScratchProject.commit(Path.of(refused.getWorkspace().getPath()), "good.txt", "good\n");
    assertThat(salvor.run("task", "done", task.getDisplayId()).status()).isNotZero();
    bench
        .reviewer()
        .tasks()
        .rejectTask(
            RejectTaskRequest.newBuilder().setName(task.getName()).setReason("no good").build());
    assertThat(salvor.run("task", "done", task.getDisplayId()).status()).isZero();
    bench.reviewer().approveAndMerge(task.getName());
    bench.author().await(task.getName(), Task.State.MERGED);
    assertThat(gated.root().resolve("good.txt")).exists();
    assertThat(gated.git("status", "--porcelain")).isEmpty();
    assertThat(gated.git("worktree", "list")).doesNotContain("trial");
  }

  private static void assertNotApprovable(Task task) {
    assertThat(Refused.of(() -> bench.reviewer().approveAndMerge(task.getName())).reason())
        .isEqualTo(ErrorReason.Code.WRONG_STATE);
  }

  private static boolean said(Task task, String text) throws IOException {
    Path output = bench.recorder(task, 1).resolve("stdout");
    return Files.exists(output) && Files.readString(output).contains(text);
  }

  private static void cancel(Task task) {
    bench
        .author()
        .tasks()
        .cancelTask(CancelTaskRequest.newBuilder().setName(task.getName()).build());
  }
}
