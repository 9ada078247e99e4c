package io.salvor.domain.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SteadyBandTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "HHH, HHH",
    "HAC, HAC",
    "HCH, HCC",
    "CHHHH, CCCCC",
    "CHHHHH, CCCCCH",
    "CHHHCHHHH, CCCCCCCCC",
    "CAAAAA, CCCCCA",
    "CAAAAH, CCCCCH",
    "AHAHAHA, AAAAAAA"
  })
  void it_is_worse_at_once_and_better_when_five_readings_were(String readings, String acted) {
    var bands = new ArrayList<MemoryBand>();
    SteadyBand steady = SteadyBand.NEW;
    for (MemoryBand seen : bands(readings)) {
      steady = steady.after(seen);
      bands.add(steady.band());
    }
    assertThat(bands).isEqualTo(bands(acted));
  }

  private static List<MemoryBand> bands(String letters) {
    return letters
        .chars()
        .mapToObj(it ->
            switch (it) {
              case 'H' -> MemoryBand.HEALTHY;
              case 'A' -> MemoryBand.APPROACHING;
              default -> MemoryBand.CRITICAL;
            })
        .toList();
  }
}
