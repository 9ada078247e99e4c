package io.salvor.it.recovery;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.MergeRefusal;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Gates that a person has run, and gates on what a merge would make of its target.
final class VerifyTest {
  @AutoClose private static final Bench bench = Bench.idle("verify");

  private static final ScratchProject gated = bench.project();

  private static final ScratchProject slow = bench.project();
  private static final Gate gate = bench.gate();

  static {
    bench
        .configured(
            """
            [projects."%s"]
            gates = ['echo checked; test ! -e bad.txt', 'test ! -e both || ! test -e other']
            [projects."%s"]
            gates = ['[ ! -e slow ] || { echo >>%s; read -r word <%s; }']
            """
                .formatted(gated.root(), slow.root(), log(), gate.fifo()))
        .start();
  }

  private static Path log() {
    return bench.folder().resolve("gate-runs");
  }

  private static CommandLine salvor(String actor) {
    return new CommandLine(bench.home(), gated.root(), actor);
  }

  private static Task inReview(String script) {
    Task task = bench.author().createAndDispatch(job(gated, Scripts.script(script)));
    return bench.author().await(task.getName(), Task.State.REVIEW);
  }

  @Test
  void gates_are_run_by_hand_and_shown_with_what_they_said_Z20() throws IOException {
    Task review = inReview("echo w >w; git add w; git commit -qm w");
    String id = review.getDisplayId();

    var passed = salvor("user:ann").run("task", "verify", id);
    assertThat(passed.status()).as("%s", passed).isZero();
    assertThat(passed.out())
        .contains("passed  echo checked; test ! -e bad.txt")
        .contains("  checked");
    assertThat(bench.author().get(review.getName()).getState()).isEqualTo(Task.State.REVIEW);

    Files.writeString(Path.of(review.getWorkspace().getPath(), "bad.txt"), "bad");
    var failed = salvor("user:ann").run("task", "verify", id);
    assertThat(failed.status()).as("%s", failed).isEqualTo(1);
    assertThat(failed.out())
        .contains("FAILED  echo checked; test ! -e bad.txt: exited with status 1")
        .contains("  checked")
        .contains("not run 1 more gate");
    assertThat(bench.author().get(review.getName()).getState()).isEqualTo(Task.State.REVIEW);
    assertThat(salvor("user:ann").run("thread", "records", id).out())
        .contains("run by hand: all gates passed")
        .contains("run by hand: `echo checked; test ! -e bad.txt` exited with status 1");
  }

  @Test
  void nothing_is_merged_that_does_not_pass_the_gates_with_what_the_target_has_become_Z19()
      throws IOException {
    Task review = inReview("echo both >both; git add both; git commit -qm both");
    String id = review.getDisplayId();
    Files.writeString(gated.root().resolve("other"), "other");
    gated.git("add", "other");
    gated.git("commit", "-qm", "other");
    String target = gated.git("rev-parse", "main");

    var refused = salvor("user:bob").run("task", "approve", id, "--merge");

    assertThat(refused.status()).as("%s", refused).isEqualTo(6);
    assertThat(refused.err())
        .contains("was not merged")
        .contains("test ! -e both")
        .contains("salvor task dispatch --resume " + id);
    assertThat(gated.git("rev-parse", "main")).isEqualTo(target);
    Task approved = bench.author().get(review.getName());
    assertThat(approved.getState()).isEqualTo(Task.State.APPROVED);
    assertThat(approved.getMergeRefusal().getKind()).isEqualTo(MergeRefusal.Kind.GATES_FAILED);
    assertThat(Path.of(approved.getWorkspace().getPath() + ".salvor-trial")).doesNotExist();
    assertThat(gated.git("worktree", "list")).doesNotContain("salvor-trial");

    gated.git("rm", "-q", "other");
    gated.git("commit", "-qm", "not other");
    var merged = salvor("user:bob").run("task", "merge", id);
    assertThat(merged.status()).as("%s", merged).isZero();
    assertThat(gated.git("show", "main:both")).isEqualTo("both");
  }

  @Test
  void a_server_killed_while_gates_run_on_a_merge_runs_them_again_and_leaves_nothing_Z15()
      throws IOException {
    Task task =
        bench
            .author()
            .createAndDispatch(job(slow, Scripts.script("echo w >w; git add w; git commit -qm w")));
    bench.author().await(task.getName(), Task.State.REVIEW);
    slow.commit("slow", "slow");
    bench.reviewer().approveAndMerge(task.getName());
    Await.until("the gate to run", () -> runs() == 1);

    bench.restartAfterKill();
    Await.until("the gate to run again", () -> runs() == 2);
    gate.open();

    bench.author().await(task.getName(), Task.State.MERGED);
    assertThat(slow.git("show", "main:w")).isEqualTo("w");
    assertThat(slow.git("worktree", "list")).doesNotContain("salvor-trial");
    assertThat(Path.of(slow.root() + "-" + task.getDisplayId() + ".salvor-trial")).doesNotExist();
  }

  private static long runs() {
    try {
      return Files.exists(log()) ? Files.readAllLines(log()).size() : 0;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void a_dry_run_of_a_salvage_names_the_gates() {
    Task task =
        bench.author().createAndDispatch(job(gated, Scripts.script("echo l >l; kill -9 $$")));
    bench.author().await(task.getName(), Task.State.FAILED);

    var dry = salvor("user:ann").run("task", "salvage", task.getDisplayId(), "--dry-run");

    assertThat(dry.err())
        .contains("gates that would run on it:\n  echo checked; test ! -e bad.txt\n");
  }

  @Test
  void conflicts_that_nobody_resolved_are_no_work_to_save_Z16() {
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(
                    gated,
                    Scripts.script(
                        "echo mine >fence; git add fence; git commit -qm mine;"
                            + " git checkout -q -b theirs HEAD~1; echo yours >fence; git add fence;"
                            + " git commit -qm yours; git checkout -q -; git merge theirs; kill -9"
                            + " $$")));
    bench.author().await(task.getName(), Task.State.FAILED);

    var refused = salvor("user:ann").run("task", "salvage", task.getDisplayId());

    assertThat(refused.status()).as("%s", refused).isEqualTo(4);
    assertThat(refused.err())
        .contains("unresolved conflicts in fence")
        .contains("salvor task debug " + task.getDisplayId());
    assertThat(bench.author().get(task.getName()).getState()).isEqualTo(Task.State.FAILED);
  }
}
