package io.salvor.it.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.it.harness.Bench;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// SIGKILL of the server at each step of a job, one after the other: at each append and between its
/// writes, at each rename and each program or thread that it starts, at each of its git commands,
/// and at each line of the shim; and errors of the disk at the log's writes and syncs.
///
/// Takes a few of each kind at random; `-Dsalvor.points=1000` takes them all.
@Order(3)
final class CrashPointsTest {
  private static final int POINTS = Integer.getInteger("salvor.points", 4);
  private static final long SEED = Long.getLong("salvor.seed", new Random().nextLong());

  /// Each append is one sync and some 30 writes; a job has 8 to 10 appends.
  private static final int SYNCS = 10;

  private static final int WRITES = 300;
  private static final int GIT_CALLS = 12;

  /// Notes of the attempt, and git's refs; some are renamed by a child, which then dies instead.
  private static final int RENAMES = 6;

  /// Threads and programs that a job has the server start.
  private static final int CLONES = 20;

  /// Errors that a disk gives in a row before it is well again.
  private static final int ERRORS = 3;

  /// Renames, spawns and errors of the disk take minutes.
  private static final boolean LONG = System.getProperty("salvor.points") != null;

  private static final String LONG_FORM = "only with -Dsalvor.points";

  @ParameterizedTest
  @CsvSource({
    "fsync,1," + SYNCS,
    "pwrite64,1," + WRITES,
    "rename,0," + RENAMES,
    "clone3,0," + CLONES
  })
  void a_kill_at_any_write_sync_rename_or_spawn_changes_nothing_of_how_a_job_ends_Z1_Z2_Z11(
      String call, int leastKills, int last) throws IOException {
    assumeTrue(DeadlyCalls.possible(), "strace is not there, or may not trace");
    assumeTrue(leastKills > 0 || LONG, LONG_FORM);
    try (Bench bench = Bench.started("log-points")) {
      var job = new OneJob(bench);
      int kills = 0;
      for (int nth : some(last)) {
        try (DeadlyCalls _ = DeadlyCalls.arm(bench.server().pid(), call, nth, bench.folder())) {
          kills += job.play(call + " " + nth);
        }
      }
      assertThat(kills).isGreaterThanOrEqualTo(leastKills);
    }
  }

  @ParameterizedTest
  @CsvSource({"fsync,EIO," + SYNCS, "pwrite64,EIO," + WRITES, "pwrite64,ENOSPC," + WRITES})
  void an_error_of_the_disk_at_any_write_or_sync_changes_nothing_of_how_a_job_ends_Z1_Z2_Z11(
      String call, String error, int last) throws IOException {
    assumeTrue(DeadlyCalls.possible(), "strace is not there, or may not trace");
    assumeTrue(LONG, LONG_FORM);
    try (Bench bench = Bench.started("log-errors")) {
      var job = new OneJob(bench);
      for (int nth : some(last)) {
        long server = bench.server().pid();
        try (DeadlyCalls _ =
            DeadlyCalls.failing(server, call, error, nth, ERRORS, bench.folder())) {
          job.play(call + " " + nth + " with " + error);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DeadlyGit.When.class)
  void a_kill_at_any_git_command_changes_nothing_of_how_a_job_ends_Z1_Z15_Z19(DeadlyGit.When when)
      throws IOException {
    try (Bench bench = Bench.idle("git-points")) {
      DeadlyGit git = DeadlyGit.on(bench);
      bench.start();
      var job = new OneJob(bench);
      for (int call : some(GIT_CALLS)) {
        git.arm(call, when);
        job.play("git call " + call + " " + when);
        git.disarm();
      }
    }
  }

  @Test
  void a_kill_at_any_line_of_the_shim_changes_nothing_of_how_a_job_ends_Z1_Z2_Z5()
      throws IOException {
    try (Bench bench = Bench.started("shim-points")) {
      var job = new OneJob(bench);
      List<Integer> places = DeadlyShim.of(bench).places();
      for (int index : some(places.size())) {
        String line = DeadlyShim.of(bench).arm(places.get(index - 1));
        job.play("the shim before `" + line + "`");
      }
    }
  }

  /// Numbers from 1 to `last`: all, or one at random of each of as many equal parts.
  private static List<Integer> some(int last) {
    System.out.printf("crash points: -Dsalvor.seed=%d -Dsalvor.points=%d%n", SEED, POINTS);
    var random = new Random(SEED);
    int parts = Math.min(POINTS, last);
    return IntStream.range(0, parts)
        .map(part -> random.nextInt(part * last / parts, (part + 1) * last / parts) + 1)
        .boxed()
        .toList();
  }
}
