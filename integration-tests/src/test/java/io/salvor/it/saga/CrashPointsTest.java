package io.salvor.it.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.it.harness.Bench;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// SIGKILL of the server at each step of a job, one after the other: before each append and between
/// its parts, at each of its git commands, and at each line of the shim.
///
/// `-Dsalvor.points=all` takes them all where this otherwise takes some at random.
final class CrashPointsTest {
  private static final boolean ALL = "all".equals(System.getProperty("salvor.points"));
  private static final long SEED = Long.getLong("salvor.seed", new Random().nextLong());

  @Test
  void a_kill_at_any_sync_of_the_log_changes_nothing_of_how_a_job_ends_Z1_Z2_Z11()
      throws IOException, InterruptedException {
    assumeTrue(DeadlyCalls.possible(), "strace is not there, or may not trace");
    try (Bench bench = Bench.started("sync-points")) {
      var job = new OneJob(bench);
      int syncs = 0;
      do {
        syncs++;
      } while (killedAt(bench, job, "fdatasync", syncs));
      assertThat(syncs).as("syncs of the log in one job").isGreaterThan(5);
    }
  }

  @Test
  void a_kill_between_any_two_writes_of_the_log_changes_nothing_of_how_a_job_ends_Z1_Z2_Z11()
      throws IOException, InterruptedException {
    assumeTrue(DeadlyCalls.possible(), "strace is not there, or may not trace");
    try (Bench bench = Bench.started("write-points")) {
      var job = new OneJob(bench);
      for (int write : some(150, 6)) {
        killedAt(bench, job, "pwrite64", write);
      }
    }
  }

  private static boolean killedAt(Bench bench, OneJob job, String call, int nth)
      throws IOException, InterruptedException {
    try (DeadlyCalls _ = DeadlyCalls.arm(bench.server().pid(), call, nth, bench.folder())) {
      return job.play(call + " " + nth) > 0;
    }
  }

  @ParameterizedTest
  @EnumSource(DeadlyGit.When.class)
  void a_kill_at_any_git_command_changes_nothing_of_how_a_job_ends_Z1_Z15_Z19(DeadlyGit.When when)
      throws IOException, InterruptedException {
    try (Bench bench = Bench.idle("git-points")) {
      DeadlyGit git = DeadlyGit.on(bench);
      bench.start();
      var job = new OneJob(bench);
      int call = 0;
      do {
        call++;
        git.arm(call, when);
        job.play("git call " + call + " " + when);
      } while (!git.disarm());
      assertThat(call).as("git commands in one job").isGreaterThan(2);
    }
  }

  @Test
  void a_kill_at_any_line_of_the_shim_changes_nothing_of_how_a_job_ends_Z1_Z2_Z5()
      throws IOException, InterruptedException {
    try (Bench bench = Bench.started("shim-points")) {
      var job = new OneJob(bench);
      List<Integer> places = DeadlyShim.of(bench).places();
      for (int index : some(places.size(), 8)) {
        String line = DeadlyShim.of(bench).arm(places.get(index - 1));
        job.play("the shim before `" + line + "`");
      }
    }
  }

  /// Numbers from 1 to `last`, all or so many of them.
  private static List<Integer> some(int last, int many) {
    System.out.printf("crash points: -Dsalvor.seed=%d%n", SEED);
    var numbers = new ArrayList<Integer>();
    for (int i = 1; i <= last; i++) {
      numbers.add(i);
    }
    if (ALL) {
      return numbers;
    }
    Collections.shuffle(numbers, new Random(SEED));
    return numbers.subList(0, Math.min(many, last)).stream().sorted().toList();
  }
}
