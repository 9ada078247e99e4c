package io.salvor.it.recovery;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What a dead agent left is saved by one command, as the runbook's eight steps do.
final class SalvageTest {
  @AutoClose private static final Bench bench = Bench.idle("salvage");

  private static final ScratchProject gated = bench.project();

  static {
    bench
        .configured(
            "[projects.\"%s\"]\ngates = ['test -e left.txt', 'test ! -e bad.txt']\n"
                .formatted(gated.root()))
        .start();
  }

  private static Task killed(ScratchProject project, String work) {
    Task task =
        bench.author().createAndDispatch(job(project, Scripts.script(work + "; kill -9 $$")));
    return bench.author().await(task.getName(), Task.State.FAILED);
  }

  private static CommandLine salvor(ScratchProject project) {
    return new CommandLine(bench.home(), project.root(), "user:ann");
  }

  @Test
  void what_was_never_committed_is_checked_committed_reviewed_and_merged_Z16() throws IOException {
    Task dead = killed(gated, "echo work >left.txt");
    String id = dead.getDisplayId();
    Path hook = gated.root().resolve(".git/hooks/pre-commit");
    Files.writeString(hook, "#!/bin/sh\nexit 1\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();

    var dry = salvor(gated).run("task", "salvage", id, "--dry-run");
    assertThat(dry.status()).isZero();
    assertThat(dry.err()).contains("left uncommitted:").contains("left.txt");
    assertThat(bench.author().get(dead.getName()).getState()).isEqualTo(Task.State.FAILED);

    var saved = salvor(gated).run("task", "salvage", id, "--summary", "all of it");
    assertThat(saved.status()).as("%s", saved).isZero();
    Task review = bench.author().await(dead.getName(), Task.State.REVIEW);
    assertThat(review.getExecutorsList()).containsExactly("agent:command", "user:ann");
    assertThat(gated.git("log", "-1", "--format=%B", "task/" + id))
        .contains("Salvage " + id)
        .contains("killed_by_signal")
        .contains("These gates passed on it: test -e left.txt; test ! -e bad.txt.")
        .contains("all of it")
        .contains("Salvaged-by: user:ann");

    assertThat(salvor(gated).run("task", "approve", id).status()).isEqualTo(5);
    bench.reviewer().approveAndMerge(dead.getName());
    bench.author().await(dead.getName(), Task.State.MERGED);
    assertThat(gated.git("show", "main:left.txt")).isEqualTo("work");
  }

  @Test
  void what_does_not_pass_the_gates_is_kept_and_not_committed() {
    Task dead = killed(gated, "echo work >left.txt; echo bad >bad.txt");
    var refused = salvor(gated).run("task", "salvage", dead.getDisplayId());
    assertThat(refused.status()).isEqualTo(10);
    Task stuck = bench.author().get(dead.getName());
    assertThat(stuck.getState()).isEqualTo(Task.State.NEEDS_FIX);
    assertThat(stuck.getStateDetail()).contains("test ! -e bad.txt");
    assertThat(stuck.getWorkspace().getPath())
        .satisfies(it -> assertThat(Path.of(it, "bad.txt")).exists());
    assertThat(gated.git("log", "--format=%s", "main..task/" + dead.getDisplayId())).isEmpty();
  }

  @Test
  void a_workspace_that_was_deleted_is_rebuilt_first_Z17() throws IOException {
    ScratchProject project = bench.project();
    Task dead = killed(project, "echo work >left.txt");
    project.git("worktree", "remove", "--force", dead.getWorkspace().getPath());
    assertThat(salvor(project).run("task", "salvage", dead.getDisplayId()).status()).isZero();
    assertThat(project.git("show", "task/" + dead.getDisplayId() + ":left.txt")).isEqualTo("work");
  }

  @Test
  void where_nothing_is_left_it_says_so() {
    ScratchProject project = bench.project();
    Task dead = killed(project, "true");
    var refused = salvor(project).run("task", "salvage", dead.getDisplayId());
    assertThat(refused.status()).isBetween(3, 9);
    assertThat(refused.err()).contains("neither commits nor uncommitted files");
    assertThat(List.of(Task.State.FAILED)).contains(bench.author().get(dead.getName()).getState());
  }
}
