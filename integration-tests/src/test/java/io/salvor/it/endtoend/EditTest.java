package io.salvor.it.endtoend;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.Agent;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.Limits;
import io.salvor.v1.ListRecordsRequest;
import io.salvor.v1.Record;
import io.salvor.v1.Task;
import io.salvor.v1.UpdateTaskRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What was asked for is changed, as long as that can still mean something.
final class EditTest {
  @AutoClose private static final Bench bench = Bench.started("edit");

  private final ScratchProject project = bench.project();

  @Test
  void the_next_attempt_goes_by_what_was_last_said() throws Exception {
    Path prompt = bench.fresh("prompt");
    project.git("tag", "v1");
    project.commit("later.txt", "later");
    project.git("branch", "release");
    Task task = bench.author().create(job(project, Scripts.exits(3)).setBrief("The first brief."));
    Task edited =
        update(
            task.toBuilder()
                .setTitle("Another title")
                .setBrief("The second brief.")
                .setBase("v1")
                .setTargetBranch("release")
                .setAgent(command(Scripts.notesItsPrompt(prompt, "new.txt"))),
            "title",
            "brief",
            "base",
            "target_branch",
            "agent");
    assertThat(edited.getTitle()).isEqualTo("Another title");
    assertThat(bench.author().get(task.getName()).getBrief()).isEqualTo("The second brief.");

    bench.author().dispatch(task.getName());
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(Files.readString(prompt)).contains("The second brief.");
    assertThat(reviewed.getWorkspace().getBaseCommit()).isEqualTo(project.git("rev-parse", "v1"));
    bench.reviewer().approveAndMerge(task.getName());
    bench.author().await(task.getName(), Task.State.MERGED);
    assertThat(project.git("show", "release:new.txt")).isEqualTo("new.txt");
  }

  @Test
  void what_means_nothing_any_more_is_refused_with_until_when_it_could_be_changed() {
    Task task = bench.author().createAndDispatch(job(project, Scripts.hangs()));
    bench.author().await(task.getName(), Task.State.RUNNING);
    Refused brief =
        Refused.of(() -> update(task.toBuilder().setTitle("T").setBrief("B"), "title", "brief"));
    assertThat(brief.reason()).isEqualTo(ErrorReason.Code.WRONG_STATE);
    assertThat(brief.detail())
        .contains("the brief of")
        .contains("until attempt 1 began, and can be again when that is over");
    assertThat(bench.author().get(task.getName()).getTitle()).isEqualTo(task.getTitle());

    Task richer =
        update(
            task.toBuilder().setLimits(Limits.newBuilder().setCostMicroUsd(9_000_000)),
            "limits.cost_micro_usd");
    assertThat(richer.getState()).isEqualTo(Task.State.RUNNING);
    assertThat(richer.getLimits().getCostMicroUsd()).isEqualTo(9_000_000);
    assertThat(richer.getLimits().getDeadline()).isEqualTo(task.getLimits().getDeadline());
  }

  @Test
  void a_task_waits_for_others_from_the_moment_it_is_told_to() {
    Task first = bench.author().create(job(project, Scripts.commits("first.txt")));
    Task second = bench.author().create(job(project, Scripts.commits("second.txt")));
    Task waiting = update(second.toBuilder().addDependsOn(first.getName()), "depends_on");
    assertThat(waiting.getState()).isEqualTo(Task.State.PENDING);

    Refused cycle =
        Refused.of(() -> update(first.toBuilder().addDependsOn(second.getName()), "depends_on"));
    assertThat(cycle.reason()).isEqualTo(ErrorReason.Code.DEPENDENCY_CYCLE);
    assertThat(cycle.detail())
        .isEqualTo(
            "%1$s would wait for itself: %1$s -> %2$s -> %1$s"
                .formatted(first.getDisplayId(), second.getDisplayId()));

    bench.author().dispatch(second.getName());
    bench.author().dispatch(first.getName());
    bench.author().await(first.getName(), Task.State.REVIEW);
    assertThat(bench.author().get(second.getName()).getState()).isEqualTo(Task.State.PENDING);
    bench.reviewer().approveAndMerge(first.getName());
    bench.author().await(second.getName(), Task.State.REVIEW);
  }

  @Test
  void the_record_says_what_was_changed_to_what_by_whom_and_an_etag_guards_it() {
    Task task = bench.author().create(job(project, Scripts.exits(0)));
    bench
        .as("user:editor")
        .tasks()
        .updateTask(
            UpdateTaskRequest.newBuilder()
                .setTask(
                    Task.newBuilder()
                        .setName(task.getName())
                        .setTitle("New")
                        .setLimits(Limits.newBuilder().setCostMicroUsd(1_500_000)))
                .setUpdateMask(mask("title", "limits.cost_micro_usd"))
                .build());
    List<Record> records =
        bench
            .author()
            .records()
            .listRecords(ListRecordsRequest.newBuilder().setThread(task.getName()).build())
            .getRecordsList();
    Record last = records.getLast();
    assertThat(last.getKind()).isEqualTo("salvor.task.edited.v1");
    assertThat(last.getActor()).isEqualTo("user:editor");
    assertThat(last.getSummary()).isEqualTo("changed title to \"New\", budget to $1.50");
    assertThat(Refused.of(() -> updateWithEtag(task.toBuilder().setTitle("Old"), "title")).reason())
        .isEqualTo(ErrorReason.Code.ETAG_MISMATCH);
    assertThat(update(bench.author().get(task.getName()).toBuilder().setTitle("New"), "title"))
        .isEqualTo(bench.author().get(task.getName()).toBuilder().clearBrief().build());
  }

  @Test
  void the_command_line_edits() {
    Task task = bench.author().create(job(project, Scripts.exits(0)));
    var salvor = new CommandLine(bench.home(), project.root(), "user:author");
    var edited = salvor.run("task", "edit", task.getDisplayId(), "--title", "By hand");
    assertThat(edited.status()).as(edited.err()).isZero();
    assertThat(bench.author().get(task.getName()).getTitle()).isEqualTo("By hand");
    var unknown = salvor.run("task", "edit", task.getDisplayId(), "--depends-on", "999");
    assertThat(unknown.status()).isEqualTo(7);
    assertThat(unknown.err()).contains("TASK-0999");
  }

  private static Agent.Builder command(List<String> command) {
    return Agent.newBuilder().setName("command").addAllCommand(command);
  }

  private static FieldMask mask(String... paths) {
    return FieldMask.newBuilder().addAllPaths(List.of(paths)).build();
  }

  private static Task update(Task.Builder task, String... paths) {
    return updateWithEtag(task.clearEtag(), paths);
  }

  private static Task updateWithEtag(Task.Builder task, String... paths) {
    return bench
        .author()
        .tasks()
        .updateTask(
            UpdateTaskRequest.newBuilder().setTask(task).setUpdateMask(mask(paths)).build());
  }
}
