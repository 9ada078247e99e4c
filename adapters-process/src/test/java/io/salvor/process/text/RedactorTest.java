package io.salvor.process.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Z18: secrets are redacted.
final class RedactorTest {
  private final Redactor redactor =
      Redactor.of(
          Map.of(
              "ANTHROPIC_API_KEY", "value-of-the-key",
              "MY_TOKEN", "value-of-the-key-and-more",
              "DB_PASSWORD", "two \"lines\"\nof it",
              "SHORT_KEY", "abc",
              "OPENCODE_AUTH_CONTENT", "the-content-of-auth",
              "ANTHROPIC_CUSTOM_HEADERS", "x-api: the-header",
              "AUTHOR_NAME", "Ann the author",
              "HOME", "/home/somebody"));
  private final Excerpts excerpts = new Excerpts(redactor);

  @Test
  void values_of_secret_looking_variables_are_replaced_the_longest_first() {
    assertThat(redactor.redact("a value-of-the-key-and-more, value-of-the-key, /home/somebody abc"))
        .isEqualTo("a [redacted:MY_TOKEN], [redacted:ANTHROPIC_API_KEY], /home/somebody abc");
  }

  @Test
  void authorization_and_headers_are_secrets_and_authors_are_none() {
    assertThat(redactor.redact("the-content-of-auth; x-api: the-header; Ann the author"))
        .isEqualTo(
            "[redacted:OPENCODE_AUTH_CONTENT]; [redacted:ANTHROPIC_CUSTOM_HEADERS]; Ann the author");
  }

  @Test
  void a_secret_is_found_in_its_json_spelling_too() {
    assertThat(redactor.redact("{\"env\":\"two \\\"lines\\\"\\nof it\"}"))
        .isEqualTo("{\"env\":\"[redacted:DB_PASSWORD]\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "key sk-ant-api03-AAAAbbbbCCCC_dddd end, key [redacted:api key] end",
    "ghp_abcdefghijklmnopqrstuvwxyz0123, [redacted:github token]",
    "github_pat_11ABCDEFG0123456789_abcdef, [redacted:github token]",
    "glpat-abcdefghij0123456789, [redacted:gitlab token]",
    "xoxb-123456789012-abcdef, [redacted:slack token]",
    "id AKIAIOSFODNN7EXAMPLE, id [redacted:aws key id]",
    "Authorization: Bearer abc.def-ghi_jkl, Authorization: Bearer [redacted:bearer token]",
    "https://me:hunter22@example.org/x, https://[redacted:password in url]@example.org/x",
    "nothing to hide here, nothing to hide here",
  })
  void shapes_of_well_known_tokens_are_replaced(String text, String redacted) {
    assertThat(redactor.redact(text)).isEqualTo(redacted);
  }

  @Test
  void a_private_key_is_replaced_also_where_its_end_is_cut_off() {
    String begin = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n";

    assertThat(redactor.redact("x\n" + begin + "-----END OPENSSH PRIVATE KEY-----\ny"))
        .isEqualTo("x\n[redacted:private key]\ny");
    assertThat(redactor.redact("x\n" + begin)).isEqualTo("x\n[redacted:private key]");
  }

  @Test
  void text_is_redacted_before_it_is_cut() {
    String text = "x".repeat(AgentEvent.MAX_TEXT - 10) + "value-of-the-key" + "y".repeat(5_000);

    assertThat(excerpts.text(text)).hasSize(AgentEvent.MAX_TEXT).doesNotContain("value-of");
  }

  @Test
  void half_a_secret_at_the_end_of_what_is_looked_at_is_not_left() {
    String text = ("Bearer " + "k".repeat(1_500) + " value-of-the-key ").repeat(20);

    for (int shift = 0; shift < 1_600; shift += 7) {
      assertThat(excerpts.text(" ".repeat(shift) + text))
          .doesNotContain("kk")
          .doesNotContain("value-of");
    }
  }

  @Test
  void two_long_inputs_that_differ_at_their_ends_look_different() {
    String one = excerpts.input("x".repeat(10_000) + "1");
    String two = excerpts.input("x".repeat(10_000) + "2");

    assertThat(one).hasSize(AgentEvent.MAX_TEXT).isNotEqualTo(two);
  }

  @Test
  void half_a_character_is_never_left() {
    assertThat(excerpts.text("a\uD83D b")).isEqualTo("a\uFFFD b");
    assertThat(excerpts.text("x" + "😀".repeat(2_000)))
        .hasSizeLessThanOrEqualTo(AgentEvent.MAX_TEXT)
        .endsWith("😀…");
  }
}
