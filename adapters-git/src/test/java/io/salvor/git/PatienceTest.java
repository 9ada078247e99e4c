package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final Patience patience = new Patience(Duration.ofNanos(10), now::get);

  @Test
  void it_is_over_when_no_piece_came_for_so_long() {
    now.addAndGet(9);
    assertThat(patience.over()).isFalse();
    assertThat(patience.left()).isEqualTo(Duration.ofNanos(1));
    now.addAndGet(1);
    assertThat(patience.over()).isTrue();
  }

  @Test
  void who_takes_a_piece_may_take_any_time_and_then_it_begins_anew() {
    now.addAndGet(9);
    patience.whileTaking(() -> {
      now.addAndGet(1_000);
      assertThat(patience.over()).isFalse();
      assertThat(patience.left()).isPositive();
    });
    now.addAndGet(9);
    assertThat(patience.over()).isFalse();
    now.addAndGet(1);
    assertThat(patience.over()).isTrue();
  }
}
