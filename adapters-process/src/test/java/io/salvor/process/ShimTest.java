package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The shim's arguments.
final class ShimTest {
  @Test
  void any_deadline_is_told_in_seconds() {
    assertThat(Shim.seconds(Duration.ofMinutes(60))).isEqualTo("3600");
    assertThat(Shim.seconds(Duration.ofMillis(1_250))).isEqualTo("1.25");
    assertThat(Shim.seconds(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo("9223372036854775807");
  }
}
