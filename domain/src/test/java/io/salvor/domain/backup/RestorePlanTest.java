package io.salvor.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.backup.RestorePlan.Cut;
import io.salvor.domain.backup.RestorePlan.Loss;
import io.salvor.domain.backup.RestorePlan.Present;
import io.salvor.domain.backup.RestorePlan.Ruling;
import io.salvor.domain.backup.RestorePlan.Stock;
import io.salvor.domain.backup.RestorePlan.Target;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RestorePlanTest {
  private static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");
  private static final Generation FIVE = alpha("five", 1, 5, false);
  private static final Generation TEN = alpha("ten", 1, 10, false);
  private static final Generation ROTTEN = alpha("rotten", 1, 12, true);
  private static final List<Generation> ALL = List.of(FIVE, TEN, ROTTEN);
  private static final Lineages ALPHA = Lineages.NONE.entering("alpha", 1);

  private static Generation alpha(String name, long epoch, long seq, boolean damaged) {
    return new Generation(name, new Head("alpha", epoch, seq, "id"), NOON, damaged);
  }

  private static Stock stock(List<Generation> generations, Lineages lineages) {
    return new Stock(generations, List.of(), lineages);
  }

  private static RestorePlan plan(Target target, Lineages lineages, Present present) {
    return ready(RestorePlan.of(target, stock(ALL, lineages), present));
  }

  private static RestorePlan ready(Ruling ruling) {
    return ((Ruling.Ready) ruling).plan();
  }

  @Test
  void the_latest_is_the_furthest_that_is_not_damaged() {
    RestorePlan plan = plan(new Target.Latest(), ALPHA, new Present.Missing());
    assertThat(plan.from()).isEqualTo(TEN);
    assertThat(plan.epoch()).isEqualTo(2);
    assertThat(plan.loss()).isEqualTo(new Loss.Unknown(NOON));
  }

  @Test
  void a_store_begun_anew_that_has_no_backup_hides_nothing() {
    Lineages after = ALPHA.entering("beta", 1);
    assertThat(plan(new Target.Latest(), after, new Present.Missing()).from()).isEqualTo(TEN);
    assertThat(plan(new Target.Latest(), Lineages.NONE, new Present.Missing()).from())
        .isEqualTo(TEN);
  }

  @Test
  void where_no_store_is_known_the_newest_that_is_not_damaged_is_taken() {
    var later = new Generation("x", new Head("gamma", 1, 3, "id"), NOON.plusSeconds(9), true);
    Stock stock = stock(List.of(FIVE, TEN, later), Lineages.NONE);
    assertThat(ready(RestorePlan.of(new Target.Latest(), stock, new Present.Missing())).from())
        .isEqualTo(TEN);
  }

  /// What a restore left out, another store, and what is damaged do not lead to a point.
  @Test
  void a_point_is_reached_within_the_latest_epoch_of_one_store() {
    var latest = alpha("latest", 2, 6, false);
    var foreign = new Generation("foreign", new Head("beta", 2, 4, "id"), NOON, false);
    List<Generation> there =
        List.of(alpha("before", 1, 4, false), alpha("rotten", 2, 4, true), foreign, latest);
    Stock stock = stock(there, ALPHA.entering("alpha", 2));
    var four = new Target.At(new Cut.AfterSeq(4));
    assertThat(ready(RestorePlan.of(four, stock, new Present.Missing())).from()).isEqualTo(latest);
  }

  @Test
  void a_name_that_is_not_there_is_refused_by_name() {
    assertThat(RestorePlan.of(new Target.Named("six"), stock(ALL, ALPHA), new Present.Missing()))
        .isEqualTo(new Ruling.Absent("six"));
  }

  @Test
  void a_damaged_one_is_not_restored_even_by_name() {
    assertThat(RestorePlan.of(new Target.Named("rotten"), stock(ALL, ALPHA), new Present.Missing()))
        .isEqualTo(new Ruling.Refused("rotten is damaged"));
    assertThat(
            RestorePlan.of(
                new Target.Latest(), stock(List.of(ROTTEN), ALPHA), new Present.Missing()))
        .isInstanceOf(Ruling.Refused.class);
  }

  @Test
  void what_would_be_lost_is_told() {
    var present = new Present.Legible(new Head("alpha", 1, 14, "x"));
    assertThat(plan(new Target.Latest(), ALPHA, present).loss())
        .isEqualTo(new Loss.Records(11, 14));
    assertThat(plan(new Target.Named("five"), ALPHA, present).loss())
        .isEqualTo(new Loss.Records(6, 14));
    assertThat(plan(new Target.At(new Cut.AfterSeq(7)), ALPHA, present).loss())
        .isEqualTo(new Loss.Records(8, 14));
    var same = new Present.Legible(new Head("alpha", 1, 10, "id"));
    assertThat(plan(new Target.Latest(), ALPHA, same).loss()).isEqualTo(new Loss.Nothing());
    var other = new Head("beta", 1, 3, "x");
    assertThat(plan(new Target.Latest(), ALPHA, new Present.Legible(other)).loss())
        .isEqualTo(new Loss.OtherStore(other));
  }

  @Test
  void the_epoch_is_greater_than_any_that_the_store_has_had() {
    var present = new Present.Legible(new Head("alpha", 7, 14, "x"));
    assertThat(plan(new Target.Latest(), ALPHA, present).epoch()).isEqualTo(8);
    assertThat(plan(new Target.Latest(), ALPHA.entering("alpha", 9), present).epoch())
        .isEqualTo(10);
  }

  @Test
  void it_is_greater_than_any_that_the_home_itself_knows_of() {
    RestorePlan plan = plan(new Target.Latest(), ALPHA, new Present.Missing());
    assertThat(plan.above(0)).isEqualTo(plan);
    assertThat(plan.above(1)).isEqualTo(plan);
    assertThat(plan.above(2).epoch()).isEqualTo(3);
    assertThat(plan.above(9).epoch()).isEqualTo(10);
  }

  @Test
  void a_point_is_reached_by_the_furthest_generation_and_none_beyond_it() {
    var seven = new Target.At(new Cut.AfterSeq(7));
    assertThat(plan(seven, ALPHA, new Present.Missing()).from()).isEqualTo(TEN);
    assertThat(plan(seven, ALPHA, new Present.Missing()).until()).contains(new Cut.AfterSeq(7));
    for (long edge : List.of(1L, 10L)) {
      var target = new Target.At(new Cut.AfterSeq(edge));
      assertThat(plan(target, ALPHA, new Present.Missing()).from()).isEqualTo(TEN);
    }
    for (Cut beyond :
        List.of(
            new Cut.AfterSeq(11), new Cut.AfterSeq(0), new Cut.AfterTime(NOON.plusSeconds(1)))) {
      assertThat(RestorePlan.of(new Target.At(beyond), stock(ALL, ALPHA), new Present.Missing()))
          .isInstanceOf(Ruling.Refused.class);
    }
  }
}
