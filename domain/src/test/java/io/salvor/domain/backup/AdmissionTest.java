package io.salvor.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.backup.Admission.Candidate;
import io.salvor.domain.backup.Admission.Reason;
import io.salvor.domain.backup.Admission.Ruling;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Z13: what is worse never counts.
final class AdmissionTest {
  private static final Lineages ALPHA = Lineages.NONE.entering("alpha", 2);
  private static final List<Generation> TEN = List.of(generation("alpha", 2, 10, "ten"));

  private static Generation generation(String lineage, long epoch, long seq, String id) {
    return new Generation("g" + seq, new Head(lineage, epoch, seq, id), Instant.EPOCH, false);
  }

  private static Candidate copy(String lineage, long epoch, long seq, String idAtTen) {
    return new Candidate(new Head(lineage, epoch, seq, "new"), List.of(), Optional.of(idAtTen));
  }

  static Stream<Arguments> table() {
    return Stream.of(
        Arguments.of(copy("alpha", 2, 11, "ten"), null),
        Arguments.of(copy("alpha", 2, 10, "ten"), null),
        Arguments.of(copy("alpha", 3, 4, ""), null),
        Arguments.of(copy("alpha", 2, 9, ""), Reason.SHORTER),
        Arguments.of(copy("alpha", 1, 99, "ten"), Reason.OLD_EPOCH),
        Arguments.of(copy("alpha", 2, 11, "other"), Reason.DIVERGED),
        Arguments.of(copy("alpha", 2, 0, ""), Reason.EMPTY),
        Arguments.of(copy("beta", 1, 50, ""), Reason.FOREIGN_LINEAGE),
        Arguments.of(
            new Candidate(new Head("alpha", 2, 11, "x"), List.of("page 7"), Optional.of("ten")),
            Reason.CORRUPT));
  }

  @ParameterizedTest
  @MethodSource("table")
  void a_copy_counts_only_where_it_goes_on_from_the_best_one(Candidate copy, Reason refused) {
    Ruling ruling = Admission.judge(copy, ALPHA, TEN, List.of());
    if (refused == null) {
      assertThat(ruling).isEqualTo(new Ruling.Admitted());
    } else {
      assertThat(((Ruling.Refused) ruling).reason()).isEqualTo(refused);
      assertThat(((Ruling.Refused) ruling).detail()).isNotBlank();
    }
  }

  @Test
  void the_first_copy_of_a_home_counts_and_so_does_that_of_a_store_begun_anew() {
    assertThat(Admission.judge(copy("beta", 1, 1, ""), Lineages.NONE, List.of(), List.of()))
        .isEqualTo(new Ruling.Admitted());
    assertThat(Admission.judge(copy("beta", 1, 1, ""), ALPHA.entering("beta", 1), TEN, List.of()))
        .isEqualTo(new Ruling.Admitted());
  }

  @Test
  void a_damaged_generation_is_no_bar() {
    var damaged = new Generation("g", new Head("alpha", 2, 99, "x"), Instant.EPOCH, true);
    assertThat(Admission.judge(copy("alpha", 2, 5, ""), ALPHA, List.of(damaged), List.of()))
        .isEqualTo(new Ruling.Admitted());
  }

  @Test
  void a_store_without_news_needs_no_copy_unless_it_was_restored_meanwhile() {
    var now = new Head("alpha", 2, 12, "twelve");
    assertThat(Admission.unchanged(now, false, TEN)).contains(TEN.getFirst());
    assertThat(Admission.unchanged(TEN.getFirst().head(), false, TEN)).contains(TEN.getFirst());
    assertThat(Admission.unchanged(now, true, TEN)).isEmpty();
    assertThat(Admission.unchanged(new Head("alpha", 3, 10, "ten"), false, TEN)).isEmpty();
    assertThat(Admission.unchanged(new Head("alpha", 2, 9, "nine"), false, TEN)).isEmpty();
    assertThat(Admission.unchanged(new Head("beta", 2, 10, "ten"), false, TEN)).isEmpty();
  }
}
