package io.salvor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SmokeTest {
  /// Those that take most of the time even so: looked at only with `-Dsalvor.smoke=all`.
  private static final Set<String> LONG = Set.of("commands", "growth", "live", "startup");

  static Stream<String> measurements() {
    boolean all = "all".equals(System.getProperty("salvor.smoke"));
    return Main.MEASUREMENTS.keySet().stream().filter(it -> all || !LONG.contains(it));
  }

  @ParameterizedTest
  @MethodSource("measurements")
  void every_measurement_still_measures(String name) throws Exception {
    var out = new ByteArrayOutputStream();
    var report = new Report(new PrintStream(out, true, StandardCharsets.UTF_8));

    Main.run(name, Scale.SMOKE, report);

    assertThat(report.lines()).isPositive();
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("NaN").doesNotContain("∞");
  }
}
