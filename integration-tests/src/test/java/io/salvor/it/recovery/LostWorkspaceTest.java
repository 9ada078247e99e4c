package io.salvor.it.recovery;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.Folders;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.Task;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A workspace that is lost while its agent works: what was saved meanwhile is all there is.
final class LostWorkspaceTest {
  @AutoClose private static final Bench bench = Bench.idle("lost-workspace");

  static {
    bench.configured("upkeep.save_work_every = \"50ms\"\n").start();
  }

  private final ScratchProject project = bench.project();
  private final CommandLine salvor = new CommandLine(bench.home(), project.root(), "user:author");

  private Task lost(String work) {
    Task task =
        bench.author().createAndDispatch(job(project, Scripts.script(work + "; exec sleep 1000")));
    Await.until("its work to be saved", () -> saved(task).contains("left.txt"));
    Folders.delete(Path.of(bench.author().get(task.getName()).getWorkspace().getPath()));
    long agent = bench.author().get(task.getName()).getAttempts(0).getPid();
    assertThat(ProcessHandle.of(agent).orElseThrow().destroyForcibly()).isTrue();
    return bench.author().await(task.getName(), Task.State.FAILED);
  }

  private String saved(Task task) {
    String wip = "refs/salvor/" + task.getDisplayId() + "/1/wip";
    return project.git("for-each-ref", wip).isEmpty()
        ? ""
        : project.git("ls-tree", "--name-only", wip);
  }

  @Test
  void what_its_agent_had_not_committed_is_known_and_salvaged_Z16() {
    Task task = lost("echo work >left.txt");
    assertThat(task.getAttempts(0).getWorkspace().getUncommittedFiles()).isEqualTo(1);
    assertThat(task.getAttempts(0).getWorkspace().getSnapshot()).isNotEmpty();
    assertThat(salvor.run("task", "diagnose", task.getDisplayId()).out())
        .contains("Its workspace is not there; its branch is.")
        .contains("1 uncommitted file (saved as ");

    assertThat(salvor.run("task", "salvage", task.getDisplayId()).status()).isZero();
    bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(project.git("show", "task/" + task.getDisplayId() + ":left.txt")).isEqualTo("work");
  }

  @Test
  void the_next_attempt_goes_on_with_it_Z23() {
    Task task = lost("test -e left.txt && exit 0; echo work >left.txt");
    assertThat(salvor.run("task", "dispatch", "--resume", task.getDisplayId()).status()).isZero();
    Task after = bench.author().awaitRest(task.getName());
    assertThat(after.getState()).isEqualTo(Task.State.REVIEW);
    assertThat(after.getAttempts(1).getWorkspace().getUncommittedFiles()).isEqualTo(1);
  }
}
