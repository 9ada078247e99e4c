package io.salvor.it.durability;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.SmallDisk;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.Task;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A full disk is a state that is left again by itself.
final class FullDiskTest {
  private static final long DISK = 64 << 20;
  private static final int ENOUGH_CALLS = 2000;

  @Test
  void a_full_disk_refuses_new_work_settles_what_runs_and_heals_by_itself_Z11() {
    assumeTrue(SmallDisk.canMount(), "mounting a small tmpfs needs root");
    try (Bench bench = Bench.idle("full-disk");
        SmallDisk disk = SmallDisk.mount(bench.home(), DISK)) {
      bench.configured("[upkeep]\ndisk_reserve = \"1MiB\"\n");
      bench.start();
      ScratchProject project = bench.project();
      Gate gate = bench.gate();
      Task running =
          bench.author().createAndDispatch(job(project, Scripts.waitsAndCommits(gate, "a.txt")));
      bench.author().await(running.getName(), Task.State.RUNNING);

      disk.fill(0);
      Refused refused = createUntilRefused(bench, project).orElseThrow();
      assertThat(refused.reason()).isEqualTo(ErrorReason.Code.DISK_FULL);
      assertThat(refused.status()).isEqualTo(Status.Code.UNAVAILABLE);
      gate.open();
      bench.author().await(running.getName(), Task.State.REVIEW);

      disk.empty();
      Await.until("the server to take new work", () -> creates(bench, project));
      bench.restartAfterKill();
      assertThat(bench.author().get(running.getName()).getState()).isEqualTo(Task.State.REVIEW);
    }
  }

  /// Agents ran on; without a server nobody would settle what they did.
  @Test
  void a_server_that_was_killed_starts_again_on_a_full_disk_and_settles_what_ran_on_Z11() {
    assumeTrue(SmallDisk.canMount(), "mounting a small tmpfs needs root");
    try (Bench bench = Bench.idle("full-start");
        SmallDisk disk = SmallDisk.mount(bench.home(), DISK)) {
      bench.configured("[upkeep]\ndisk_reserve = \"1MiB\"\n");
      bench.start();
      Gate gate = bench.gate();
      Task running =
          bench
              .author()
              .createAndDispatch(job(bench.project(), Scripts.waitsAndCommits(gate, "a.txt")));
      bench.author().await(running.getName(), Task.State.RUNNING);

      bench.killServer();
      disk.fill(0);
      bench.start();
      gate.open();
      bench.author().await(running.getName(), Task.State.REVIEW);

      disk.empty();
      Await.until("the server to take new work", () -> creates(bench, bench.project()));
    }
  }

  private static Optional<Refused> createUntilRefused(Bench bench, ScratchProject project) {
    String brief = "fill the disk ".repeat(1000);
    for (int i = 0; i < ENOUGH_CALLS; i++) {
      try {
        bench.author().create(job(project, Scripts.exits(0)).setBrief(brief + i));
      } catch (StatusRuntimeException e) {
        return Optional.of(Refused.of(e));
      }
    }
    return Optional.empty();
  }

  private static boolean creates(Bench bench, ScratchProject project) {
    try {
      bench.author().create(job(project, Scripts.exits(0)));
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }
}
