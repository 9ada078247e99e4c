package io.salvor.domain.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartPolicyTest {
  @ParameterizedTest
  @CsvSource({"1,10", "2,20", "3,40", "4,80", "5,160", "6,300", "60,300"})
  void the_wait_doubles_up_to_five_minutes_and_spreads_by_a_tenth_Z21(int failed, long seconds) {
    for (long seed : new long[] {0, 50, 100, -1, Long.MIN_VALUE}) {
      assertThat(StartPolicy.DEFAULT.delayAfter(failed, seed))
          .isBetween(Duration.ofSeconds(seconds), Duration.ofMillis(seconds * 1100));
    }
    assertThat(StartPolicy.DEFAULT.delayAfter(failed, 7))
        .isEqualTo(StartPolicy.DEFAULT.delayAfter(failed, 7));
  }
}
