package io.salvor.it.endtoend;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.CancelTaskRequest;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.ListTasksRequest;
import io.salvor.v1.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who begins before whom, and who waits for whom; one slot.
final class QueueTest {
  @AutoClose
  private static final Bench bench =
      Bench.idle("queue").configured("max_concurrent = 1\nlisten = \"127.0.0.1:0\"\n");

  private final ScratchProject project = bench.project();

  @BeforeAll
  static void start() {
    bench.start();
  }

  @Test
  void the_more_urgent_begins_first_and_among_equals_the_older_one() throws Exception {
    Path order = bench.fresh("order");
    var gate = bench.gate();
    Task first =
        bench.author().createAndDispatch(job(project, Scripts.waitsAndCommits(gate, "a.txt")));
    bench.author().await(first.getName(), Task.State.RUNNING);
    Task low = notes(order, "low", Task.Priority.LOW);
    Task medium = notes(order, "medium", Task.Priority.PRIORITY_UNSPECIFIED);
    Task high = notes(order, "high", Task.Priority.HIGH);
    Task alsoHigh = notes(order, "also high", Task.Priority.HIGH);
    assertThat(medium.getPriority()).isEqualTo(Task.Priority.MEDIUM);
    gate.open();
    for (Task task : List.of(first, low, medium, high, alsoHigh)) {
      bench.author().await(task.getName(), Task.State.REVIEW);
    }
    assertThat(Files.readAllLines(order)).containsExactly("high", "also high", "medium", "low");
  }

  private Task notes(Path order, String name, Task.Priority priority) {
    return bench
        .author()
        .createAndDispatch(
            job(project, Scripts.script("echo \"$1\" >>\"$2\"", name, order.toString()))
                .setPriority(priority));
  }

  @Test
  void a_task_says_where_those_stand_that_it_waits_for_and_what_to_do_where_that_is_in_vain() {
    Task first = bench.author().create(job(project, Scripts.commits("a.txt")));
    Task second = bench.author().create(job(project, Scripts.commits("b.txt")));
    Task waiting =
        bench
            .author()
            .create(
                job(project, Scripts.commits("c.txt"))
                    .addDependsOn(first.getName())
                    .addDependsOn("tasks/" + second.getDisplayId()));
    assertThat(waiting.getState()).isEqualTo(Task.State.PENDING);
    assertThat(waiting.getWaitsFor().getWhat())
        .isEqualTo(
            first.getDisplayId()
                + " (READY) and "
                + second.getDisplayId()
                + " (READY) to be merged");

    bench
        .author()
        .tasks()
        .cancelTask(CancelTaskRequest.newBuilder().setName(second.getName()).build());
    Task vain = bench.author().get(waiting.getName());
    assertThat(vain.getWaitsFor().getWhat())
        .contains(second.getDisplayId() + " (CANCELLED: never)");
    assertThat(vain.getNextCommand())
        .isEqualTo(
            "salvor task edit --depends-on \""
                + first.getDisplayId()
                + "\" "
                + waiting.getDisplayId());
    var salvor = new CommandLine(bench.home(), project.root(), "user:author");
    var edited =
        salvor.run("task", "edit", "--depends-on", first.getDisplayId(), waiting.getDisplayId());
    assertThat(edited.status()).as(edited.err()).isZero();
    bench.author().dispatch(waiting.getName());
    bench.author().dispatch(first.getName());
    bench.author().await(first.getName(), Task.State.REVIEW);
    bench.reviewer().approveAndMerge(first.getName());
    bench.author().await(waiting.getName(), Task.State.REVIEW);
  }

  @Test
  void what_is_not_there_is_not_waited_for() {
    Refused refused =
        Refused.of(() ->
            bench.author().create(job(project, Scripts.exits(0)).addDependsOn("tasks/TASK-0999")));
    assertThat(refused.reason()).isEqualTo(ErrorReason.Code.UNKNOWN_DEPENDENCY);
    assertThat(refused.detail()).isEqualTo("there is no task TASK-0999 to wait for");
  }

  @Test
  void labels_and_domain_are_kept_shown_and_found() {
    Task task =
        bench
            .author()
            .create(
                job(project, Scripts.exits(0))
                    .addLabels("zebra")
                    .addLabels("area/fence")
                    .setDomain("carpentry"));
    assertThat(task.getLabelsList()).containsExactly("area/fence", "zebra");
    assertThat(task.getDomain()).isEqualTo("carpentry");
    assertThat(
            bench
                .author()
                .tasks()
                .listTasks(
                    ListTasksRequest.newBuilder()
                        .setFilter("labels:\"area/fence\" domain=carpentry priority>=medium")
                        .build())
                .getTasksList())
        .containsExactly(task);
    assertThat(
            Refused.of(() ->
                    bench.author().create(job(project, Scripts.exits(0)).addLabels("no good")))
                .reason())
        .isEqualTo(ErrorReason.Code.INVALID);
  }
}
