package io.salvor.it.endtoend;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.Attempt;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.MergeRefusal;
import io.salvor.v1.MergeTaskRequest;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A merge meets a conflict, and an agent resolves it.
final class ConflictTest {
  @AutoClose private static final Bench bench = Bench.started("conflict");

  private final ScratchProject project = bench.project();

  @Test
  void a_conflict_is_named_resolved_judged_again_and_merged_Z19() throws IOException {
    Path prompt = bench.fresh("prompt");
    Task conflicting = conflicting(resolves(prompt));
    assertThat(conflicting.getMergeRefusal().getKind()).isEqualTo(MergeRefusal.Kind.CONFLICT);
    assertThat(conflicting.getMergeRefusal().getFilesList()).containsExactly("README.md");
    assertThat(conflicting.getWaitsFor().getWhat())
        .isEqualTo("somebody to resolve its conflicts with main in README.md");
    assertThat(conflicting.getNextCommand())
        .isEqualTo("salvor task dispatch --resume " + conflicting.getDisplayId());

    bench.author().dispatchResuming(conflicting.getName());
    Task resolved = bench.author().await(conflicting.getName(), Task.State.REVIEW);
    assertThat(resolved.getAttempts(1).getMode()).isEqualTo(Attempt.Mode.RESOLVE);
    assertThat(Files.readString(prompt))
        .contains("could not be\nmerged into main")
        .contains("  README.md")
        .contains("finish the merge with `git commit`")
        .contains("Change the README.");
    assertThat(resolved.hasApproval()).isFalse();
    assertThat(
            Refused.of(() -> bench.reviewer().tasks().mergeTask(merge(resolved.getName())))
                .reason())
        .isEqualTo(ErrorReason.Code.WRONG_STATE);

    bench.reviewer().approveAndMerge(resolved.getName());
    bench.author().await(resolved.getName(), Task.State.MERGED);
    assertThat(Files.readString(project.root().resolve("README.md"))).isEqualTo("ours\ntheirs\n");
    assertThat(project.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void an_agent_that_leaves_the_conflict_brings_nothing_to_review() {
    Task conflicting = conflicting(Scripts.script(RESOLVING + "then true; else " + WORK + "; fi"));
    bench.author().dispatchResuming(conflicting.getName());
    Task left = bench.author().await(conflicting.getName(), Task.State.NEEDS_FIX);
    assertThat(left.getStateDetail()).isEqualTo("conflicts are left in README.md");
    assertThat(left.getAttempts(1).getWorkspace().getSnapshot()).isNotEmpty();
  }

  @Test
  void a_server_killed_while_an_agent_resolves_finds_it_again() {
    Gate gate = bench.gate();
    Task conflicting =
        conflicting(
            Scripts.script(
                RESOLVING
                    + "then echo working; read -r word <\"$1\"; "
                    + RESOLUTION
                    + "; else "
                    + WORK
                    + "; fi",
                gate.fifo().toString()));
    bench.author().dispatchResuming(conflicting.getName());
    Task running = bench.author().await(conflicting.getName(), Task.State.RUNNING, 1);
    assertThat(running.getStateDetail()).isEqualTo("the agent resolves conflicts in README.md");
    bench.restartAfterKill();
    gate.open();
    assertThat(bench.author().await(conflicting.getName(), Task.State.REVIEW).getAttemptsCount())
        .isEqualTo(2);
  }

  @Test
  void the_command_line_names_the_files_and_the_way_on() {
    Task reviewed = reviewed(Scripts.script(WORK));
    var salvor = new CommandLine(bench.home(), project.root(), "user:reviewer");
    var refused = salvor.run("task", "approve", "--merge", reviewed.getDisplayId());
    assertThat(refused.status()).isEqualTo(6);
    assertThat(refused.err())
        .contains("README.md")
        .contains("salvor task dispatch --resume " + reviewed.getDisplayId());
  }

  private static final String WORK = "echo ours >README.md; git commit -qam Ours";
  private static final String RESOLVING = "if git rev-parse -q --verify MERGE_HEAD >/dev/null; ";
  private static final String RESOLUTION =
      "grep -q '<<<<<<<' README.md && printf 'ours\\ntheirs\\n' >README.md && git add README.md"
          + " && git commit -q --no-edit";

  private static List<String> resolves(Path prompt) {
    return Scripts.script(
        RESOLVING + "then cat >\"$1\"; " + RESOLUTION + "; else " + WORK + "; fi",
        prompt.toString());
  }

  /// A task with its work in review, and a target that has changed the same line since.
  private Task reviewed(List<String> agent) {
    Task task =
        bench.author().createAndDispatch(job(project, agent).setBrief("Change the README."));
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    project.commit("README.md", "theirs\n");
    return reviewed;
  }

  /// The same after its merge was tried.
  private Task conflicting(List<String> agent) {
    Task reviewed = reviewed(agent);
    bench.reviewer().approveAndMerge(reviewed.getName());
    return bench.author().await(reviewed.getName(), Task.State.APPROVED);
  }

  private static MergeTaskRequest merge(String task) {
    return MergeTaskRequest.newBuilder().setName(task).build();
  }
}
