package io.salvor.it.durability;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.CommentTaskRequest;
import io.salvor.v1.Task;
import org.junit.jupiter.api.Test;

/// Where the disk gets short, what is left of it is for what must still be written.
final class DiskReserveTest {
  private static final String NEVER_ENOUGH = "[upkeep]\ndisk_reserve = \"900000GiB\"\n";

  @Test
  void a_disk_that_is_short_holds_new_attempts_and_nothing_of_what_must_be_written_Z11() {
    try (Bench bench = Bench.idle("disk-reserve")) {
      bench.start();
      ScratchProject project = bench.project();
      Gate gate = bench.gate();
      Task running =
          bench.author().createAndDispatch(job(project, Scripts.waitsAndCommits(gate, "a.txt")));
      bench.author().await(running.getName(), Task.State.RUNNING);
      bench.server().stop();
      bench.configured(NEVER_ENOUGH);
      bench.start();

      Task held = bench.author().createAndDispatch(job(project, Scripts.commits("b.txt")));
      Await.until(
          "the shortage to be seen",
          () -> waitsFor(bench, held).contains("make room, or lower upkeep.disk_reserve"));
      gate.open();
      bench.author().await(running.getName(), Task.State.REVIEW);
      bench
          .author()
          .tasks()
          .commentTask(
              CommentTaskRequest.newBuilder().setName(held.getName()).setText("later").build());
      assertThat(bench.reviewer().approve(running.getName()).getState())
          .isEqualTo(Task.State.APPROVED);
      assertThat(bench.author().get(held.getName()).getState()).isEqualTo(Task.State.QUEUED);
      assertThat(waitsFor(bench, held)).contains("MiB are free on the disk");

      bench.server().stop();
      bench.configured("");
      bench.start();
      bench.author().await(held.getName(), Task.State.REVIEW);
      assertThat(bench.author().get(running.getName()).getState()).isEqualTo(Task.State.APPROVED);
    }
  }

  private static String waitsFor(Bench bench, Task task) {
    return bench.author().get(task.getName()).getWaitsFor().getWhat();
  }
}
