package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.process.text.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandLogTest {
  @TempDir private Path folder;

  private String tail(String text) throws IOException {
    Path log = Files.writeString(folder.resolve("log"), text);
    return new CommandLog(log, 0).tail(Redactor.of(Map.of("API_TOKEN", "t".repeat(40))));
  }

  @Test
  void half_a_secret_is_not_left_where_the_others_make_the_text_short() throws IOException {
    String request = "Authorization: Bearer " + "eyJhbGciOi.".repeat(140) + "\n";
    for (int shift = 0; shift < request.length(); shift += 50) {
      String tail = tail("x".repeat(shift) + request.repeat(20) + "y".repeat(shift));
      assertThat(tail).doesNotContain("eyJ").doesNotContain("hbGci").endsWith("y".repeat(shift));
    }
  }

  @Test
  void a_secret_that_reaches_into_the_tail_is_seen_whole() throws IOException {
    for (int after = CommandLog.LONGEST_TAIL - 50; after < CommandLog.LONGEST_TAIL + 5; after++) {
      String tail = tail("x".repeat(20_000) + "t".repeat(40) + "y".repeat(after));
      assertThat(tail).doesNotContain("tt");
      assertThat(tail.length()).isGreaterThan(CommandLog.LONGEST_TAIL - 60);
    }
  }

  @Test
  void a_short_log_is_told_whole() throws IOException {
    assertThat(tail("all is well")).isEqualTo("all is well");
    assertThat(tail("x".repeat(9_000))).isEqualTo("x".repeat(CommandLog.LONGEST_TAIL));
  }
}
