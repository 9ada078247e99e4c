package io.salvor.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Bench;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Randomised SIGKILLs of the server during twenty concurrent attempts.
///
/// `-Dsalvor.kills=300` makes it long, `-Dsalvor.seed=N` repeats the choices of an earlier one.
final class KillStormTest {
  private static final int KILLS = Integer.getInteger("salvor.kills", 15);
  private static final long SEED = Long.getLong("salvor.seed", new Random().nextLong());

  @Test
  void no_kill_of_the_server_makes_a_ghost_or_loses_or_doubles_anything_Z1_Z2_Z5_Z6_Z11()
      throws IOException, InterruptedException {
    System.out.printf("kill storm: %d kills, -Dsalvor.seed=%d%n", KILLS, SEED);
    long begin = System.nanoTime();
    try (Bench bench = Bench.idle("storm").configured(KillStorm.configuration())) {
      var storm = new KillStorm(bench, SEED);
      storm.run(KILLS);
      assertThat(storm.complaints()).isEmpty();
      Aftermath left = Aftermath.settled(bench, storm);
      System.out.printf(
          "kill storm: %d kills (%d during a start), %d tasks, %d attempts (failed starts: %s),"
              + " %d adoptions, %d records, %d comments, %d cancelled, %s%n",
          KILLS,
          storm.killedWhileStarting(),
          left.tasks(),
          left.attempts(),
          left.failedStarts(),
          left.adoptions(),
          left.records(),
          storm.ledger().comments().size(),
          storm.ledger().cancelled().size(),
          Duration.ofNanos(System.nanoTime() - begin));
      left.nothingAcknowledgedIsLostOrDoubled();
      left.everyAgentEndedAsItMeantTo();
      left.noAttemptRanTwice();
      left.everyLineIsRecordedOnce();
      left.theStoreIsSound();
      bench.server().stop();
      left.nothingSurvives();
    }
  }
}
