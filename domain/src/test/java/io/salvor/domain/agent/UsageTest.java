package io.salvor.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Usage.CostSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Z22: what was used is never counted twice, and never becomes less.
final class UsageTest {
  private static Usage used(int n, CostSource source) {
    return new Usage(n, 2L * n, 3L * n, 4L * n, n, Optional.of(new MicroUsd(5L * n)), source);
  }

  @Test
  void the_greater_of_two_totals_is_taken_field_by_field() {
    var one = new Usage(9, 1, 9, 1, 9, Optional.empty(), CostSource.UNKNOWN);
    var other = new Usage(1, 9, 1, 9, 1, Optional.empty(), CostSource.UNKNOWN);
    var most = new Usage(9, 9, 9, 9, 9, Optional.empty(), CostSource.UNKNOWN);
    assertThat(one.max(other)).isEqualTo(most);
    assertThat(other.max(one)).isEqualTo(most);
  }

  @Test
  void a_cost_from_a_better_source_is_taken_even_where_it_is_less() {
    Usage summed = used(9, CostSource.ACCUMULATED);
    Usage told = used(1, CostSource.RESULT);
    assertThat(summed.max(told).cost()).contains(new MicroUsd(5));
    assertThat(told.max(summed).source()).isEqualTo(CostSource.RESULT);
  }

  @Test
  void of_two_costs_from_one_source_the_greater_is_taken() {
    Usage less = used(1, CostSource.PRICED);
    Usage more = used(2, CostSource.PRICED);
    assertThat(less.max(more)).isEqualTo(more);
    assertThat(more.max(less)).isEqualTo(more);
  }

  @Test
  void the_highest_of_two_costs_is_taken_wherever_they_come_from() {
    Usage summed = used(2, CostSource.ACCUMULATED);
    Usage told = used(1, CostSource.RESULT);
    assertThat(told.highest(summed)).isEqualTo(summed);
    assertThat(summed.highest(told)).isEqualTo(summed);
  }

  @Test
  void what_was_added_to_an_earlier_total_is_what_is_left_of_a_later_one() {
    assertThat(used(7, CostSource.RESULT).since(used(3, CostSource.RESULT)))
        .isEqualTo(used(4, CostSource.RESULT));
    assertThat(used(3, CostSource.RESULT).since(used(3, CostSource.RESULT)))
        .isEqualTo(used(0, CostSource.RESULT));
  }

  @Test
  void a_total_that_is_less_began_anew_and_is_all_its_own() {
    Usage anew = used(2, CostSource.RESULT);
    assertThat(anew.since(used(3, CostSource.RESULT))).isEqualTo(anew);
  }

  @Test
  void tokens_beyond_all_reason_do_not_overflow() {
    long most = Long.MAX_VALUE;
    var usage = new Usage(most, most, most, most, 1, Optional.empty(), CostSource.UNKNOWN);
    assertThat(usage.tokens()).isEqualTo(2_000_000_000_000_000L);
    var all = new MicroUsd(most);
    assertThat(all.plus(new MicroUsd(1))).isEqualTo(all);
    assertThat(new MicroUsd(1).plus(all)).isEqualTo(all);
  }
}
