package io.salvor.domain.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MeterTest {
  @ParameterizedTest
  @CsvSource({
    // limit, percent, the least that uses it up
    "100, 75, 75",
    "1, 75, 1",
    "3, 75, 3",
    "4, 75, 3",
    "199, 90, 180",
    "5000001, 80, 4000001",
    "250, 100, 250",
    "9223372036854775807, 100, 9223372036854775807",
    "9223372036854775807, 75, 6917529027641081856",
  })
  void a_part_of_a_limit_is_used_up_from_its_exact_value_rounded_up(
      long limit, int percent, long least) {
    assertThat(Meter.isUsedUp(least, percent, limit)).isTrue();
    assertThat(Meter.isUsedUp(least - 1, percent, limit)).isFalse();
  }
}
