package io.salvor.it.recovery;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.Attempt;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A person steps in by hand, command by command, with real agents.
final class InterventionsTest {
  @AutoClose private static final Bench bench = Bench.idle("interventions");

  static {
    bench.start();
  }

  private static Task failed(ScratchProject project, String script) {
    Task task = bench.author().createAndDispatch(job(project, Scripts.script(script)));
    return bench.author().await(task.getName(), Task.State.FAILED);
  }

  private static CommandLine salvor(ScratchProject project) {
    return new CommandLine(bench.home(), project.root(), "user:ann");
  }

  @Test
  void a_retry_goes_on_where_it_broke_off_with_more_time_and_says_why() {
    ScratchProject project = bench.project();
    Task dead =
        failed(
            project,
            "[ -e half ] && exit 0; echo half >half; git add half; git commit -qm half; exit 3");
    String id = dead.getDisplayId();

    var retried =
        salvor(project)
            .run("task", "retry", id, "--reason", "the disk is free", "--timeout", "2h", "--wait");

    assertThat(retried.status()).as("%s", retried).isZero();
    Task review = bench.author().get(dead.getName());
    assertThat(review.getState()).isEqualTo(Task.State.REVIEW);
    assertThat(review.getAttemptsList().getLast().getMode()).isEqualTo(Attempt.Mode.RESUME);
    assertThat(review.getLimits().getDeadline().getSeconds()).isEqualTo(7_200);
    assertThat(salvor(project).run("interventions", "--project", project.root().toString()).out())
        .contains("RETRY")
        .contains("the disk is free")
        .contains("LIMITS")
        .contains("deadline to 7200 s")
        .contains("user:ann");
  }

  @Test
  void a_retry_of_what_left_nothing_begins_afresh_and_several_are_retried_at_once() {
    ScratchProject project = bench.project();
    Path mended = project.root().resolve("mended");
    String script = "[ -e " + mended + " ] || exit 3; echo x >x; git add x; git commit -qm x";
    Task one = failed(project, script);
    Task two = failed(project, script);
    write(mended);

    var retried =
        salvor(project)
            .run("task", "retry", one.getDisplayId(), two.getDisplayId(), "--yes", "--wait");

    assertThat(retried.status()).as("%s", retried).isZero();
    for (Task task : new Task[] {one, two}) {
      assertThat(bench.author().get(task.getName()).getState()).isEqualTo(Task.State.REVIEW);
    }
  }

  @Test
  void a_reset_puts_the_workspace_back_and_names_where_the_work_is_kept_Z16() {
    ScratchProject project = bench.project();
    Task dead = failed(project, "echo a >a; git add a; git commit -qm a; echo b >b; exit 3");
    String id = dead.getDisplayId();
    Path workspace = Path.of(dead.getWorkspace().getPath());

    var reset = salvor(project).run("task", "reset", id, "--reason", "wrong way");

    assertThat(reset.status()).as("%s", reset).isZero();
    assertThat(reset.out())
        .contains("READY")
        .contains("wrong way")
        .contains("1 commit and 1 uncommitted file are kept under refs/salvor/" + id + "/1/");
    assertThat(salvor(project).run("interventions", "--limit", "1").out())
        .contains("RESET")
        .contains("wrong way");
    assertThat(workspace.resolve("a")).doesNotExist();
    assertThat(workspace.resolve("b")).doesNotExist();
    assertThat(project.git("show", "refs/salvor/" + id + "/1/head:a")).isEqualTo("a");
    assertThat(project.git("show", "refs/salvor/" + id + "/1/wip:b")).isEqualTo("b");
    assertThat(salvor(project).run("task", "dispatch", "--resume", id).err())
        .contains("no earlier attempt to resume");

    assertThat(salvor(project).run("task", "dispatch", id, "--wait").status()).isEqualTo(1);
    Task again = bench.author().get(dead.getName());
    assertThat(again.getAttemptsList().getLast().getMode()).isEqualTo(Attempt.Mode.FRESH);
    assertThat(project.git("show", "refs/salvor/" + id + "/1/wip:b")).isEqualTo("b");
  }

  @Test
  void what_waits_for_a_skipped_task_says_so_and_begins_only_when_a_person_takes_it_out_Z24() {
    ScratchProject project = bench.project();
    Task first = failed(project, "exit 3");
    Task second =
        bench
            .author()
            .tasks()
            .createTask(
                CreateTaskRequest.newBuilder()
                    .setTask(
                        job(project, Scripts.script("echo y >y; git add y; git commit -qm y"))
                            .addDependsOn(first.getName()))
                    .setDispatch(true)
                    .build());
    var asked = salvor(project).run("task", "skip", first.getDisplayId());
    assertThat(asked.status()).isEqualTo(2);
    assertThat(asked.err()).contains("--yes");

    var skipped =
        salvor(project).run("task", "skip", first.getDisplayId(), "--yes", "--reason", "not now");

    assertThat(skipped.status()).as("%s", skipped).isZero();
    assertThat(skipped.out()).contains("SKIPPED").contains("not now");
    assertThat(salvor(project).run("interventions", "--limit", "1").out())
        .contains("SKIP")
        .contains("not now");
    Task waiting = bench.author().get(second.getName());
    assertThat(waiting.getState()).isEqualTo(Task.State.PENDING);
    assertThat(waiting.getWaitsFor().getWhat())
        .isEqualTo(first.getDisplayId() + " (SKIPPED: never) to be merged");
    assertThat(waiting.getNextCommand())
        .isEqualTo("salvor task edit --depends-on \"\" " + second.getDisplayId());

    assertThat(
            salvor(project).run("task", "edit", "--depends-on", "", second.getDisplayId()).status())
        .isZero();
    bench.author().await(second.getName(), Task.State.REVIEW);
  }

  @Test
  void whatever_people_force_is_listed_newest_first_with_who_and_why() {
    ScratchProject project = bench.project();
    Task task = failed(project, "echo a >a; exit 3");
    String id = task.getDisplayId();
    assertThat(salvor(project).run("freeze", "--reason", "hot").status()).isZero();
    assertThat(salvor(project).run("unfreeze").status()).isZero();
    assertThat(salvor(project).run("task", "done", "--force", id).status()).isZero();
    assertThat(salvor(project).run("task", "edit", "--title", "Another", id).status()).isZero();
    assertThat(salvor(project).run("task", "edit", "--turns", "7", id).status()).isZero();
    assertThat(salvor(project).run("task", "cancel", id, "--reason", "too dear").status()).isZero();

    String all = salvor(project).run("interventions", "--limit", "5").out();

    assertThat(all.lines().map(line -> line.split(" {2,}", -1)[1]))
        .containsExactly("CANCEL", "LIMITS", "FORCE", "UNFREEZE", "FREEZE");
    assertThat(all)
        .contains("cancelled: too dear")
        .contains("limit of turns to 7")
        .contains("done despite 1 uncommitted files")
        .contains("hot");
    String ofProject =
        salvor(project).run("interventions", "--project", project.root().toString()).out();
    assertThat(ofProject).contains("CANCEL").doesNotContain("FREEZE");
    assertThat(salvor(project).run("interventions", "--actor", "user:bob", "--limit", "1").out())
        .isEmpty();
    assertThat(salvor(project).run("interventions", "-o", "json").out())
        .contains("\"kind\": \"CANCEL\"")
        .contains("\"reason\": \"too dear\"");
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
