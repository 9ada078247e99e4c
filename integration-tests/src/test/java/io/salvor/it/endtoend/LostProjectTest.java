package io.salvor.it.endtoend;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.Folders;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.Task;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A project that is deleted concerns nobody but its own tasks.
final class LostProjectTest {
  @AutoClose private static final Bench bench = Bench.started("lost-project");

  @Test
  void the_workspaces_of_other_projects_are_listed_and_pruned() {
    ScratchProject lost = bench.project();
    ScratchProject kept = bench.project();
    merged(lost);
    Task there = merged(kept);
    Folders.delete(lost.root());

    var salvor = new CommandLine(bench.home(), bench.folder(), "user:ann");
    var listed = salvor.run("workspace", "list");
    assertThat(listed.status()).isZero();
    assertThat(listed.out()).contains(there.getDisplayId() + "  MERGED  there");
    assertThat(listed.err()).contains(lost.root() + " could not be looked at: ");
    var pruned = salvor.run("workspace", "prune");
    assertThat(pruned.status()).isZero();
    assertThat(pruned.out()).contains(there.getDisplayId() + "  removed");
    assertThat(pruned.err()).contains(lost.root() + " could not be looked at: ");
    assertThat(salvor.run("workspace", "list", "--project", lost.root().toString()).status())
        .isNotZero();
  }

  private static Task merged(ScratchProject project) {
    Task task = bench.author().createAndDispatch(job(project, Scripts.commits("new.txt")));
    bench.author().await(task.getName(), Task.State.REVIEW);
    bench.reviewer().approveAndMerge(task.getName());
    return bench.author().await(task.getName(), Task.State.MERGED);
  }
}
