package io.salvor.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.backup.Retention.Why;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Z13: the last verified backup is never pruned.
final class RetentionTest {
  private static final Instant MONDAY = Instant.parse("2026-11-16T00:30:00Z");

  private static Generation at(Instant at, long epoch, long seq) {
    return new Generation(
        at + "-" + epoch + "-" + seq, new Head("alpha", epoch, seq, "id"), at, false);
  }

  private static List<Generation> every(Duration step, int count) {
    var all = new ArrayList<Generation>();
    for (int i = 0; i < count; i++) {
      all.add(at(MONDAY.plus(step.multipliedBy(i)), 1, 10 + i));
    }
    return all;
  }

  private static long count(Retention.Plan plan, Why why) {
    return plan.keep().values().stream().filter(why::equals).count();
  }

  @Test
  void of_a_hundred_days_hourly_the_usual_ones_are_left() {
    Retention.Plan plan = Retention.USUAL.plan(every(Duration.ofHours(1), 100 * 24));
    assertThat(plan.keep()).hasSize(1 + 23 + 12 + 6);
    assertThat(count(plan, Why.BEST)).isEqualTo(1);
    assertThat(count(plan, Why.RECENT)).isEqualTo(2);
    assertThat(count(plan, Why.HOURLY)).isEqualTo(21);
    assertThat(plan.prune()).hasSize(2400 - plan.keep().size());
  }

  @Test
  void of_several_in_one_hour_the_furthest_stays_and_the_last_three_stay_anyhow() {
    List<Generation> all = every(Duration.ofMinutes(5), 10);
    assertThat(new Retention(24, 0, 0).plan(all).keep().keySet())
        .containsExactlyInAnyOrder(
            all.get(9).name(), all.get(8).name(), all.get(7).name(), all.get(5).name());
  }

  @Test
  void a_week_begins_on_monday() {
    List<Generation> all = every(Duration.ofHours(12), 8 * 14);
    Retention.Plan plan = new Retention(0, 0, 8).plan(all);
    assertThat(all.stream().filter(it -> plan.keep().get(it.name()) == Why.WEEKLY))
        .hasSize(7)
        .allSatisfy(it ->
            assertThat(it.at().atOffset(ZoneOffset.UTC).getDayOfWeek())
                .isEqualTo(DayOfWeek.SUNDAY));
  }

  @Test
  void what_is_pruned_goes_oldest_first() {
    List<Generation> all = every(Duration.ofMinutes(5), 10);
    assertThat(new Retention(0, 0, 0).plan(all.reversed()).prune()).isEqualTo(all.subList(0, 7));
  }

  @Test
  void nobody_keeps_less_than_nothing() {
    assertThatThrownBy(() -> new Retention(0, -1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_rest_of_a_year_costs_nothing() {
    List<Generation> all = every(Duration.ofDays(400), 5);
    assertThat(Retention.USUAL.plan(all).prune()).isEmpty();
  }

  @Test
  void the_best_of_before_a_restore_stays_beside_what_came_after() {
    var longer = at(MONDAY, 1, 900);
    var all = new ArrayList<>(List.of(longer));
    for (int i = 1; i < 3_000; i++) {
      all.add(at(MONDAY.plus(Duration.ofHours(i)), 2, 100 + i));
    }
    assertThat(Retention.USUAL.plan(all).keep()).containsEntry(longer.name(), Why.BEST);
  }

  @Test
  void a_store_begun_anew_pushes_out_nothing_of_the_one_before() {
    List<Generation> before = every(Duration.ofHours(1), 30);
    var all = new ArrayList<>(before);
    for (int i = 0; i < 1_000; i++) {
      Instant at = MONDAY.plus(Duration.ofHours(100 + i));
      all.add(new Generation("new-" + i, new Head("beta", 1, i, "id"), at, false));
    }
    assertThat(Retention.USUAL.plan(all).keep().keySet())
        .containsAll(Retention.USUAL.plan(before).keep().keySet());
  }

  @Test
  void a_damaged_one_stays_until_a_sound_one_is_as_far() {
    var damaged = new Generation("damaged", new Head("alpha", 1, 50, "id"), MONDAY, true);
    assertThat(Retention.USUAL.plan(List.of(damaged, at(MONDAY, 1, 49))).keep())
        .containsEntry("damaged", Why.NOTHING_BETTER);
    assertThat(Retention.USUAL.plan(List.of(damaged, at(MONDAY, 1, 50))).prune())
        .containsExactly(damaged);
  }

  /// Random lives of a vault: it grows, restores happen, copies rot, and it is pruned all along.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void whatever_happens_the_best_sound_one_of_each_epoch_survives_every_pruning(long seed) {
    var random = new Random(seed);
    var retention = new Retention(random.nextInt(4), random.nextInt(4), random.nextInt(3));
    List<Generation> vault = new ArrayList<>();
    Instant now = MONDAY;
    long epoch = 1;
    long seq = 1;
    for (int step = 0; step < 400; step++) {
      now = now.plus(Duration.ofMinutes(random.nextInt(3_000)));
      seq = random.nextInt(20) == 0 ? 1 + random.nextInt((int) seq) : seq + random.nextInt(50);
      epoch += random.nextInt(20) == 0 ? 1 : 0;
      vault.add(
          new Generation(
              "g" + step, new Head("alpha", epoch, seq, "id"), now, random.nextInt(9) == 0));
      Retention.Plan plan = retention.plan(vault);
      for (Generation best : bestOfEachEpoch(vault)) {
        assertThat(plan.keep()).as("seed " + seed).containsKey(best.name());
      }
      vault.removeAll(plan.prune());
      assertThat(retention.plan(vault).prune()).as("pruning twice, seed " + seed).isEmpty();
    }
    assertThat(vault.size()).isLessThan(200);
  }

  private static List<Generation> bestOfEachEpoch(List<Generation> vault) {
    var best = new ArrayList<Generation>();
    var epochs = new TreeSet<>(vault.stream().map(it -> it.head().epoch()).toList());
    for (long epoch : epochs) {
      vault.stream()
          .filter(it -> !it.damaged() && it.head().epoch() == epoch)
          .max(Generation.BY_WORTH)
          .ifPresent(best::add);
    }
    return best;
  }
}
