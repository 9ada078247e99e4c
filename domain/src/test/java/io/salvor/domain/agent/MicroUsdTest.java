package io.salvor.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicroUsdTest {
  @ParameterizedTest
  @CsvSource({"0,0.00", "5000000,5.00", "184700,0.1847", "1,0.000001", "12345678,12.345678"})
  void money_shows_as_many_digits_as_it_takes(long micros, String text) {
    assertThat(new MicroUsd(micros).dollars()).isEqualTo(text);
  }
}
