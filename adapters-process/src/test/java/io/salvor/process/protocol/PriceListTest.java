package io.salvor.process.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.spending.Amount;
import io.salvor.process.protocol.PriceList.Price;
import io.salvor.process.protocol.PriceList.Tokens;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What tokens cost (Z22).
final class PriceListTest {
  private static final Tokens MILLION_IN = new Tokens(1_000_000, 0, 0, 0);

  @ParameterizedTest
  @CsvSource({
    "gpt-5, 1250000",
    "gpt-5-codex, 1250000",
    "gpt-5-2026-01-01, 1250000",
    "gpt-5-mini, 250000",
    "gpt-5.1-codex, 1250000",
    "gpt-5.5, 5000000",
    "gpt-6.1-sol, 2000000",
    "claude-opus-4-1-20250805, 15000000",
    "claude-opus-4-20250514, 15000000",
    "claude-opus-4-8, 5000000"
  })
  void the_longest_beginning_that_fits_counts(String model, long micros) {
    assertThat(PriceList.listed().cost(model, MILLION_IN)).contains(new MicroUsd(micros));
  }

  @ParameterizedTest
  @CsvSource({"gpt-5.9", "gpt-5.9-codex", "gpt-7", "o3", "''"})
  void a_version_stands_for_no_other_version(String model) {
    assertThat(PriceList.listed().cost(model, MILLION_IN)).isEmpty();
    assertThat(PriceList.listed().knows(model)).isFalse();
  }

  @Test
  void prices_of_one_s_own_come_first() {
    PriceList own = PriceList.listed().with(Map.of("gpt-5", price("7"), "", price("1")));
    assertThat(own.cost("gpt-5", MILLION_IN)).contains(new MicroUsd(7_000_000));
    assertThat(own.cost("gpt-5-mini", MILLION_IN)).contains(new MicroUsd(250_000));
    assertThat(own.cost("whatever", MILLION_IN)).contains(new MicroUsd(1_000_000));
  }

  @Test
  void what_is_not_whole_is_rounded_up() {
    assertThat(PriceList.listed().cost("gpt-5", new Tokens(1, 0, 0, 0))).contains(new MicroUsd(2));
  }

  @Test
  void a_cost_beyond_all_reason_is_the_most_that_is_counted() {
    PriceList dear = new PriceList(Map.of("", price("9000000000000")));
    Tokens many = new Tokens(Long.MAX_VALUE, 0, 0, 0);
    assertThat(dear.cost("m", many)).contains(new MicroUsd(Amount.MOST));
  }

  @Test
  void a_price_finer_than_a_millionth_of_a_dollar_is_none() {
    assertThatThrownBy(() -> price("0.0000001")).isInstanceOf(ArithmeticException.class);
  }

  private static Price price(String input) {
    return Price.of(new BigDecimal(input), BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE);
  }
}
