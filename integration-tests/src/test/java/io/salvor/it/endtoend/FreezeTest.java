package io.salvor.it.endtoend;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.Survivors;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.Freeze;
import io.salvor.v1.FreezeInstanceRequest;
import io.salvor.v1.GetStatusRequest;
import io.salvor.v1.InstanceStatus;
import io.salvor.v1.ListRecordsRequest;
import io.salvor.v1.Record;
import io.salvor.v1.ResumeTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.UnfreezeInstanceRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The whole instance is frozen and unfrozen.
final class FreezeTest {
  @AutoClose private final Bench bench = Bench.started("freeze");
  private final ScratchProject project = bench.project();

  @Test
  void a_soft_freeze_begins_nothing_leaves_alone_what_runs_and_survives_a_kill() {
    var gate = bench.gate();
    Task running =
        bench
            .author()
            .createAndDispatch(job(project, Scripts.waitsAndCommits(gate, "begun-before.txt")));
    bench.author().await(running.getName(), Task.State.RUNNING);
    assertThat(freeze(Freeze.Level.SOFT, "backup").getActor()).isEqualTo("user:author");

    Task queued = bench.author().createAndDispatch(job(project, Scripts.commits("later.txt")));
    assertThat(queued.getState()).isEqualTo(Task.State.QUEUED);
    assertThat(queued.getWaitsFor().getWhat())
        .isEqualTo("the end of the freeze by user:author: backup");
    assertThat(queued.getNextCommand()).isEqualTo("salvor unfreeze");
    gate.open();
    bench.author().await(running.getName(), Task.State.REVIEW);

    bench.restartAfterKill();
    assertThat(status().getFreeze().getReason()).isEqualTo("backup");
    assertThat(bench.author().get(queued.getName()).getState()).isEqualTo(Task.State.QUEUED);
    assertThat(new CommandLine(bench.home(), project.root(), "user:author").run("status").out())
        .contains("frozen (soft) by");
    bench.reviewer().approveAndMerge(running.getName());
    bench.author().await(running.getName(), Task.State.MERGED);

    unfreeze();
    assertThat(status().hasFreeze()).isFalse();
    bench.author().await(queued.getName(), Task.State.REVIEW);
  }

  @Test
  void a_hard_freeze_ends_agents_with_a_snapshot_and_they_go_on_where_they_were() {
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(
                    project,
                    Scripts.script(
                        "[ -e left.txt ] && { git add -A; git commit -qm Rest; exit 0; };"
                            + " echo left >left.txt; echo hanging; exec sleep 1000")));
    bench.author().await(task.getName(), Task.State.RUNNING);
    Path workspace = Path.of(bench.author().get(task.getName()).getWorkspace().getPath());
    Await.until("the agent's file", () -> Files.exists(workspace.resolve("left.txt")));

    freeze(Freeze.Level.HARD, "the host swaps");
    Task paused = bench.author().await(task.getName(), Task.State.PAUSED);
    assertThat(Survivors.ofTask(task.getUid())).isEmpty();
    assertThat(paused.getStateDetail()).isEqualTo("paused by user:author: frozen: the host swaps");
    assertThat(paused.getAttempts(0).getEnding().getReason()).isEqualTo("frozen");
    String snapshot = paused.getAttempts(0).getWorkspace().getSnapshot();
    assertThat(project.git("show", snapshot + ":left.txt")).isEqualTo("left");

    bench
        .author()
        .tasks()
        .resumeTask(ResumeTaskRequest.newBuilder().setName(task.getName()).build());
    assertThat(bench.author().get(task.getName()).getState()).isEqualTo(Task.State.QUEUED);
    unfreeze();
    bench.author().await(task.getName(), Task.State.REVIEW);
  }

  @Test
  void unfreezing_lists_what_rests_and_the_log_says_who_did_what() {
    Task task = bench.author().createAndDispatch(job(project, Scripts.hangs()));
    bench.author().await(task.getName(), Task.State.RUNNING);
    freeze(Freeze.Level.HARD, "");
    bench.author().await(task.getName(), Task.State.PAUSED);

    var answer =
        bench
            .reviewer()
            .instance()
            .unfreezeInstance(
                UnfreezeInstanceRequest.newBuilder().setReason("cooled down").build());
    assertThat(answer.getPausedTasksList())
        .extracting(Task::getDisplayId)
        .contains(task.getDisplayId());
    var records =
        bench
            .author()
            .records()
            .listRecords(ListRecordsRequest.newBuilder().setThread("instance").build())
            .getRecordsList();
    assertThat(records)
        .extracting(Record::getActor, Record::getKind, Record::getSummary)
        .contains(
            tuple("user:author", "salvor.instance.frozen.v1", "frozen, hard"),
            tuple("user:reviewer", "salvor.instance.unfrozen.v1", "unfrozen: cooled down"));
    assertThat(Refused.of(this::unfreeze).reason()).isEqualTo(ErrorReason.Code.NOT_FROZEN);
  }

  private Freeze freeze(Freeze.Level level, String reason) {
    return bench
        .author()
        .instance()
        .freezeInstance(
            FreezeInstanceRequest.newBuilder().setLevel(level).setReason(reason).build())
        .getFreeze();
  }

  private void unfreeze() {
    bench.author().instance().unfreezeInstance(UnfreezeInstanceRequest.getDefaultInstance());
  }

  private InstanceStatus status() {
    return bench.author().instance().getStatus(GetStatusRequest.getDefaultInstance());
  }
}
