package io.salvor.domain.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MemoryBandTest {
  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @CsvSource({
    "8, 0, HEALTHY",
    "4, 0, HEALTHY",
    "4, -1, APPROACHING",
    "3, 0, APPROACHING",
    "2, 0, APPROACHING",
    "2, -1, CRITICAL",
    "0, 0, CRITICAL",
  })
  void the_bands_meet_at_four_and_two_gibibytes(long gib, long more, MemoryBand band) {
    var reading = new MemoryReading(gib * GIB + more, 64 * GIB, OptionalDouble.empty());
    assertThat(MemoryBand.of(reading, MemoryBand.Limits.DEFAULT)).isEqualTo(band);
  }

  @Test
  void no_more_can_be_available_than_there_is() {
    assertThatThrownBy(() -> new MemoryReading(2, 1, OptionalDouble.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MemoryBand.Limits(1, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
