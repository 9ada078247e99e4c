package io.salvor.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.host.MemoryReading;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class MemoryWatchTest {
  private long available = 8L << 30;
  private final MemoryWatch watch =
      new MemoryWatch(
          () -> new MemoryReading(available, 16L << 30, OptionalDouble.empty()),
          MemoryBand.Limits.DEFAULT);

  @Test
  void a_band_is_told_when_it_changes_and_only_then() {
    assertThat(watch.runOnce()).isEmpty();
    available = 3L << 30;
    assertThat(watch.runOnce()).contains(MemoryBand.APPROACHING);
    assertThat(watch.runOnce()).isEmpty();
    available = 1L << 30;
    assertThat(watch.runOnce()).contains(MemoryBand.CRITICAL);
    available = 8L << 30;
    for (int i = 0; i < 4; i++) {
      assertThat(watch.runOnce()).isEmpty();
    }
    assertThat(watch.runOnce()).contains(MemoryBand.HEALTHY);
  }
}
