package io.salvor.domain.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.provider.Trouble.Holding;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// When a provider that fails is held, and for how long: three failures in ten minutes, then a
/// minute, two, and four at most.
final class BreakerTest {
  private static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");
  private static final Provider CLAUDE = Provider.of(Samples.CLAUDE);
  private static final Breaker THREE =
      new Breaker(3, Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofMinutes(4));

  private static AttemptRef attempt(int number) {
    return new AttemptRef(Samples.id(number), 1, 1);
  }

  private static ProviderNews failing(int attempt, Optional<Instant> notBefore) {
    return new ProviderNews.Failing(
        CLAUDE, attempt(attempt), NOON, Reason.PROVIDER_OVERLOADED, notBefore);
  }

  private static Trouble failedBefore(List<Instant> failures, Optional<Holding> holding) {
    return new Trouble(failures, Reason.PROVIDER_OVERLOADED, holding);
  }

  /// On its trial, after it was held so often.
  private static Trouble tried(int times, int trial) {
    var holding =
        new Holding(
            NOON.minusSeconds(300), NOON.minusSeconds(1), times, Optional.of(attempt(trial)));
    return failedBefore(List.of(), Optional.of(holding));
  }

  private static Optional<ProviderFact.Hold> hold(Trouble trouble, ProviderNews news) {
    return ((ProviderFact.Failed) THREE.after(Optional.of(trouble), news).orElseThrow()).hold();
  }

  @ParameterizedTest
  @CsvSource({
    // seconds ago of the two failures before, and whether the third holds it
    "0,0,true",
    "599,1,true",
    "600,1,false",
    "-1,1,false",
  })
  void so_many_failures_in_a_row_within_the_window_hold_it(int first, int second, boolean held) {
    List<Instant> failures = List.of(NOON.minusSeconds(first), NOON.minusSeconds(second));
    assertThat(hold(failedBefore(failures, Optional.empty()), failing(1, Optional.empty())))
        .isEqualTo(
            held ? Optional.of(new ProviderFact.Hold(NOON.plusSeconds(60), 1)) : Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"1,120", "2,240", "3,240", "30,240"})
  void each_trial_that_fails_doubles_the_time_up_to_the_longest(int times, int seconds) {
    assertThat(hold(tried(times, 1), failing(1, Optional.empty())))
        .contains(new ProviderFact.Hold(NOON.plusSeconds(seconds), times + 1));
  }

  @ParameterizedTest
  @CsvSource({"119,120", "121,121"})
  void it_is_not_asked_before_the_time_that_it_named(int named, int seconds) {
    assertThat(hold(tried(1, 1), failing(1, Optional.of(NOON.plusSeconds(named)))))
        .contains(new ProviderFact.Hold(NOON.plusSeconds(seconds), 2));
  }

  @Test
  void an_attempt_that_began_before_the_hold_adds_no_time_to_it() {
    Instant until = NOON.plusSeconds(30);
    var holding = new Holding(NOON.minusSeconds(30), until, 2, Optional.empty());
    assertThat(hold(failedBefore(List.of(), Optional.of(holding)), failing(7, Optional.empty())))
        .contains(new ProviderFact.Hold(until, 2));
  }

  @Test
  void nothing_holds_it_where_nobody_wants_that() {
    var never = new Breaker(0, Duration.ofMinutes(10), Duration.ZERO, Duration.ZERO);
    var trouble = failedBefore(Collections.nCopies(20, NOON), Optional.empty());
    assertThat(never.after(Optional.of(trouble), failing(1, Optional.empty())))
        .contains(
            new ProviderFact.Failed(
                CLAUDE, attempt(1), Reason.PROVIDER_OVERLOADED, Optional.empty()));
  }

  @Test
  void a_trial_that_failed_is_over_whether_or_not_it_holds_it_again() {
    var failed =
        new ProviderFact.Failed(CLAUDE, attempt(1), Reason.PROVIDER_OVERLOADED, Optional.empty());
    Trouble after = Trouble.after(Optional.of(tried(1, 1)), failed, NOON);
    assertThat(after.holding().orElseThrow().trial()).isEmpty();
    assertThat(Trouble.after(Optional.of(tried(1, 2)), failed, NOON).isTrial(attempt(2))).isTrue();
  }

  @Test
  void only_the_attempt_on_trial_leaves_it_untold() {
    var trouble = Optional.of(tried(1, 1));
    assertThat(THREE.after(trouble, new ProviderNews.Over(CLAUDE, attempt(1), NOON)))
        .contains(new ProviderFact.Untold(CLAUDE));
    assertThat(THREE.after(trouble, new ProviderNews.Over(CLAUDE, attempt(2), NOON))).isEmpty();
    assertThat(THREE.after(Optional.empty(), new ProviderNews.Over(CLAUDE, attempt(1), NOON)))
        .isEmpty();
  }

  @Test
  void an_answer_says_something_only_after_a_failure() {
    var serving = new ProviderNews.Serving(CLAUDE, attempt(2), NOON);
    assertThat(THREE.after(Optional.of(tried(1, 1)), serving))
        .contains(new ProviderFact.Served(CLAUDE));
    assertThat(THREE.after(Optional.empty(), serving)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 21})
  void as_many_failures_are_told_apart_as_are_kept(int failures) {
    assertThatThrownBy(() -> new Breaker(failures, Duration.ZERO, Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Breaker(Trouble.MOST_KEPT, Duration.ZERO, Duration.ZERO, Duration.ZERO))
        .isNotNull();
  }
}
