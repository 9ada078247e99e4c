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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Z13: what lies between two generations, and what a restore makes of it.
final class ReachTest {
  private static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");
  private static final Lineages ALPHA = Lineages.NONE.entering("alpha", 1);
  private static final Generation TEN = generation(10, false);
  private static final Generation THIRTY = generation(30, false);
  private static final List<Generation> BOTH = List.of(TEN, THIRTY);

  /// From one generation over the next, as they are shipped.
  private static final List<Segment> ALL =
      List.of(segment(11, 15), segment(16, 24), segment(25, 33), segment(34, 40));

  private static Generation generation(long seq, boolean damaged) {
    return new Generation(
        "g" + seq, new Head("alpha", 1, seq, "id" + seq), NOON.plusSeconds(seq), damaged);
  }

  private static Segment segment(long first, long last) {
    return new Segment(
        "alpha", 1, first, last, NOON.plusSeconds(last), "id" + (first - 1), "id" + last, false);
  }

  private static RestorePlan plan(Target target, List<Generation> there, List<Segment> segments) {
    return ((Ruling.Ready)
            RestorePlan.of(target, new Stock(there, segments, ALPHA), new Present.Missing()))
        .plan();
  }

  @Test
  void a_name_says_all_that_is_known_of_a_segment() {
    Segment one = segment(11, 15);
    assertThat(Segment.named(one.name(), false)).contains(one);
    assertThat(Segment.named("store.db", false)).isEmpty();
    assertThat(Segment.named("a_b_c_d_e_f_g.seg", false)).isEmpty();
    assertThat(Segment.named("a_1_2_3.seg", false)).isEmpty();
  }

  @Test
  void the_latest_is_the_best_generation_and_all_that_goes_on_from_it() {
    RestorePlan plan = plan(new Target.Latest(), BOTH, ALL);
    assertThat(plan.take()).isEqualTo(new Reach(THIRTY, ALL.subList(2, 4)));
    assertThat(plan.take().seq()).isEqualTo(40);
    assertThat(plan.loss()).isEqualTo(new Loss.Unknown(NOON.plusSeconds(40)));
  }

  @Test
  void where_the_best_generation_is_damaged_the_one_before_it_leads_as_far() {
    RestorePlan plan = plan(new Target.Latest(), List.of(TEN, generation(30, true)), ALL);
    assertThat(plan.take()).isEqualTo(new Reach(TEN, ALL));
  }

  static Stream<Arguments> points() {
    return Stream.of(
        // a cut, the generation, and how many segments are replayed onto it
        Arguments.of(new Cut.AfterSeq(10), TEN, 0),
        Arguments.of(new Cut.AfterSeq(12), TEN, 1),
        Arguments.of(new Cut.AfterSeq(15), TEN, 1),
        Arguments.of(new Cut.AfterSeq(16), TEN, 2),
        Arguments.of(new Cut.AfterSeq(29), TEN, 3),
        Arguments.of(new Cut.AfterSeq(30), THIRTY, 0),
        Arguments.of(new Cut.AfterSeq(40), THIRTY, 2),
        Arguments.of(new Cut.AfterSeq(3), THIRTY, 0),
        Arguments.of(new Cut.AfterTime(NOON.plusSeconds(12)), TEN, 1),
        Arguments.of(new Cut.AfterTime(NOON.plusSeconds(16)), TEN, 2),
        Arguments.of(new Cut.AfterTime(NOON.plusSeconds(38)), THIRTY, 2),
        Arguments.of(new Cut.AfterTime(NOON), THIRTY, 0));
  }

  @ParameterizedTest
  @MethodSource("points")
  void any_point_is_reached_from_the_newest_generation_at_or_below_it(
      Cut cut, Generation from, int replayed) {
    RestorePlan plan = plan(new Target.At(cut), BOTH, ALL);
    assertThat(plan.from()).isEqualTo(from);
    assertThat(plan.take().then()).hasSize(replayed);
    assertThat(plan.until()).contains(cut);
  }

  @Test
  void a_gap_a_damaged_or_a_foreign_segment_ends_it() {
    assertThat(Reach.of(TEN, List.of(ALL.get(0), ALL.get(2), ALL.get(3))).seq()).isEqualTo(15);
    Segment two = ALL.get(1);
    var damaged = Segment.named(two.name(), true).orElseThrow();
    assertThat(Reach.of(TEN, List.of(ALL.get(0), damaged)).seq()).isEqualTo(15);
    var elsewhere = new Segment("alpha", 1, 11, 20, NOON, "other", "x", false);
    assertThat(Reach.of(TEN, List.of(elsewhere)).seq()).isEqualTo(10);
    var later = new Segment("alpha", 2, 11, 20, NOON, "id10", "x", false);
    assertThat(Reach.of(TEN, List.of(later)).seq()).isEqualTo(10);
  }

  @Test
  void a_segment_counts_where_it_goes_beyond_what_is_there() {
    assertThat(Reach.of(TEN, List.of(segment(4, 10))).then()).isEmpty();
    assertThat(Reach.of(TEN, List.of(segment(10, 15))).seq()).isEqualTo(15);
  }

  @Test
  void a_point_beyond_all_segments_is_refused() {
    for (Cut cut : List.of(new Cut.AfterSeq(41), new Cut.AfterTime(NOON.plusSeconds(41)))) {
      assertThat(
              RestorePlan.of(
                  new Target.At(cut), new Stock(BOTH, ALL, ALPHA), new Present.Missing()))
          .isInstanceOf(Ruling.Refused.class);
    }
  }

  @Test
  void a_segment_stays_as_long_as_a_kept_generation_needs_it() {
    assertThat(Retention.unneeded(BOTH, ALL)).isEmpty();
    assertThat(Retention.unneeded(List.of(THIRTY), ALL)).isEqualTo(ALL.subList(0, 2));
    assertThat(Retention.unneeded(List.of(generation(24, false)), ALL))
        .isEqualTo(ALL.subList(0, 2));
  }

  @Test
  void a_copy_that_is_behind_the_segments_does_not_count() {
    var behind = new Head("alpha", 1, 35, "id35");
    Admission.Ruling ruling =
        Admission.judge(
            new Admission.Candidate(behind, List.of(), Optional.empty()), ALPHA, BOTH, ALL);
    assertThat(ruling)
        .isEqualTo(
            new Admission.Ruling.Refused(
                Admission.Reason.SHORTER, "it ends at record 35, but the segment after g30 at 40"));
  }
}
