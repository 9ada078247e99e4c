package io.salvor.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.provider.Provider;
import io.salvor.domain.spending.Amount;
import io.salvor.domain.spending.Spending;
import io.salvor.domain.spending.Spent;
import io.salvor.domain.task.Meter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may begin: a table of all that can hold a task, in the order in which it is named.
final class AdmissionTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
  private static final long TODAY = Spent.day(NOON);
  private static final Freeze FREEZE =
      new Freeze(Freeze.Level.SOFT, new Actor("user:ann"), NOON, "");

  /// All: 4 slots, $10 a day. Agent `slow`: 1 slot. Project `/shop`: 2 slots, $3 a day, 5,000
  /// tokens ever.
  private static final AdmissionPolicy POLICY =
      new AdmissionPolicy(
          4,
          usd(10),
          one("slow", Quota.ofSlots(1)),
          one(
              "/shop",
              new Quota(
                  OptionalInt.of(2),
                  usd(3),
                  new Allowance(Optional.empty(), OptionalLong.of(5_000)))));

  @ParameterizedTest(name = "{0} in {1} with {2} open, {3} slow, {4} in /shop: {5}")
  @CsvSource({
    "quick, /toys, 0, 0, 0, begins",
    "quick, /toys, 3, 0, 0, begins",
    "quick, /toys, 4, 0, 0, all have 4",
    "quick, /toys, 5, 0, 0, all have 4",
    "slow,  /toys, 1, 0, 0, begins",
    "slow,  /toys, 1, 1, 0, slow has 1",
    "quick, /shop, 1, 1, 1, begins",
    "quick, /shop, 2, 0, 2, /shop has 2",
    "slow,  /shop, 3, 1, 2, slow has 1",
    "slow,  /shop, 4, 1, 2, all have 4"
  })
  void slots_are_counted_in_all_per_agent_and_per_project(
      String agent, String project, int all, int slow, int shop, String holds) {
    var held = new Held(all, counted("slow", slow), counted("/shop", shop));
    assertThat(words(admission(held, Spending.NONE).hold(new Provider(agent), project, NOON)))
        .isEqualTo(holds);
  }

  @ParameterizedTest(name = "{0} with ${1} of toys and ${2} of shop today, {3} tokens: {4}")
  @CsvSource({
    "/toys, 9.99, 0,    0,    begins",
    "/toys, 10,   0,    0,    all spent 10000000 of 10000000 COST today",
    "/toys, 7.50, 2.50, 0,    all spent 10000000 of 10000000 COST today",
    "/shop, 0,    2.99, 0,    begins",
    "/shop, 0,    3.20, 0,    /shop spent 3200000 of 3000000 COST today",
    "/toys, 0,    3.20, 0,    begins",
    "/shop, 0,    0,    4999, begins",
    "/shop, 0,    0,    5000, /shop ever spent 5000 of 5000 TOKENS",
    "/shop, 12,   4,    9000, /shop ever spent 9000 of 5000 TOKENS",
    "/toys, 0,    0,    9000, begins"
  })
  void what_is_used_up_holds_until_the_day_or_a_person_ends_it(
      String project, double toys, double shop, long tokens, String holds) {
    Spending spending =
        Spending.NONE.plus(spent("/toys", toys, 0)).plus(spent("/shop", shop, tokens));
    assertThat(words(admission(Held.NONE, spending).hold(new Provider("quick"), project, NOON)))
        .isEqualTo(holds);
  }

  @Test
  void a_day_ends_at_midnight_of_UTC() {
    Admission admission = admission(Held.NONE, Spending.NONE.plus(spent("/toys", 10, 0)));
    Instant last = MIDNIGHT.minusNanos(1);
    assertThat(admission.hold(new Provider("quick"), "/toys", last))
        .contains(new Hold.DaySpent(new Scope.All(), Meter.COST, 10_000_000, 10_000_000, MIDNIGHT));
    assertThat(admission.hold(new Provider("quick"), "/toys", MIDNIGHT)).isEmpty();
  }

  @Test
  void little_memory_lets_one_begin_where_none_is_open() {
    var one = new Held(1, new TreeMap<>(), new TreeMap<>());
    for (MemoryBand band : MemoryBand.values()) {
      assertThat(with(band, Held.NONE).hold(new Provider("quick"), "/toys", NOON)).isEmpty();
      assertThat(with(band, one).hold(new Provider("quick"), "/toys", NOON).isPresent())
          .isEqualTo(band == MemoryBand.CRITICAL);
    }
    assertThat(with(MemoryBand.CRITICAL, one).hold(new Provider("quick"), "/toys", NOON))
        .contains(new Hold.NoMemory());
  }

  @Test
  void what_holds_everybody_and_the_longest_is_named_first() {
    Spending spending = Spending.NONE.plus(spent("/shop", 20, 9_000));
    var full = new Held(9, counted("slow", 9), counted("/shop", 9));
    var all =
        new Admission(
            POLICY,
            Optional.of(new Hold.Closing()),
            Optional.of(FREEZE),
            MemoryBand.CRITICAL,
            full,
            spending,
            new TreeMap<>());
    assertThat(all.hold(new Provider("slow"), "/shop", NOON)).contains(new Hold.Closing());
    var open =
        new Admission(
            POLICY,
            Optional.empty(),
            Optional.of(FREEZE),
            MemoryBand.CRITICAL,
            full,
            spending,
            new TreeMap<>());
    assertThat(open.hold(new Provider("slow"), "/shop", NOON)).contains(new Hold.Frozen(FREEZE));
  }

  private static String words(Optional<Hold> hold) {
    if (hold.isEmpty()) {
      return "begins";
    }
    return switch (hold.get()) {
      case Hold.Unwell it -> it.trouble();
      case Hold.NoSlot(var scope, var most) ->
          scope(scope) + (scope instanceof Scope.All ? " have " : " has ") + most;
      case Hold.DaySpent it ->
          scope(it.scope())
              + " spent "
              + it.spent()
              + " of "
              + it.limit()
              + " "
              + it.meter()
              + " today";
      case Hold.AllSpent it ->
          it.project() + " ever spent " + it.spent() + " of " + it.limit() + " " + it.meter();
      case Hold.ProviderAway _, Hold.Closing _, Hold.Frozen _, Hold.NoMemory _ ->
          hold.get().toString();
    };
  }

  private static String scope(Scope scope) {
    return switch (scope) {
      case Scope.All _ -> "all";
      case Scope.OfAgent(var name) -> name;
      case Scope.OfProject(var root) -> root;
    };
  }

  private static Admission admission(Held held, Spending spending) {
    return new Admission(
        POLICY,
        Optional.empty(),
        Optional.empty(),
        MemoryBand.HEALTHY,
        held,
        spending,
        new TreeMap<>());
  }

  private static Admission with(MemoryBand band, Held held) {
    return new Admission(
        POLICY, Optional.empty(), Optional.empty(), band, held, Spending.NONE, new TreeMap<>());
  }

  private static Spent spent(String project, double dollars, long tokens) {
    return new Spent(project, TODAY, new Amount(Math.round(dollars * 1_000_000), tokens));
  }

  private static Allowance usd(long dollars) {
    return new Allowance(Optional.of(new MicroUsd(dollars * 1_000_000)), OptionalLong.empty());
  }

  private static SortedMap<String, Integer> counted(String key, int count) {
    return count == 0 ? new TreeMap<>() : one(key, count);
  }

  private static <V> SortedMap<String, V> one(String key, V value) {
    var map = new TreeMap<String, V>();
    map.put(key, value);
    return map;
  }

  @Test
  void days_of_the_last_month_are_told_apart_and_all_are_in_the_total() {
    Spending spending = Spending.NONE;
    for (long day = 1; day <= 40; day++) {
      spending = spending.plus(new Spent("/toys", day, new Amount(day, 1)));
    }
    assertThat(spending.days().keySet()).hasSize(Spending.DAYS_KEPT).contains(9L, 40L);
    assertThat(spending.of("/toys")).isEqualTo(new Amount(820, 40));
    assertThat(spending.on(40)).isEqualTo(new Amount(40, 1));
    assertThat(spending.on(40, "/shop")).isEqualTo(Amount.ZERO);
    assertThat(List.copyOf(spending.totals().keySet())).containsExactly("/toys");
  }
}
