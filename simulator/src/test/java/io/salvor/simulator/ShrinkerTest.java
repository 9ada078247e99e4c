package io.salvor.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShrinkerTest {
  @Test
  void rolls_that_do_not_matter_are_left_out_or_made_dull() {
    int[] rolls = {4, 9, 7, 3, 7, 1, 8};
    int[] shortest = Shrinker.shrink(rolls, 1_000, ShrinkerTest::hasTwoSevens);
    assertThat(shortest).containsExactly(7, 7);
  }

  @Test
  void what_cannot_be_shortened_stays() {
    int[] rolls = {7, 7};
    assertThat(Shrinker.shrink(rolls, 1_000, ShrinkerTest::hasTwoSevens)).containsExactly(7, 7);
  }

  private static Shrinker.Try hasTwoSevens(int[] rolls) {
    int sevens = 0;
    for (int roll : rolls) {
      sevens += roll == 7 ? 1 : 0;
    }
    return new Shrinker.Try(sevens >= 2, rolls.length);
  }
}
