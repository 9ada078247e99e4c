package io.salvor.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Words as people paste them.
class ShellWordTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "/home/ann/shop-2.git, /home/ann/shop-2.git",
        "/tmp/not repo, '/tmp/not repo'",
        "/tmp/ü, '/tmp/ü'",
        "$HOME;ls, '$HOME;ls'",
        "it's, 'it'\\''s'",
        "\"\", ''",
      })
  void a_word_is_quoted_where_a_shell_would_take_it_for_something_else(String word, String pasted) {
    assertThat(ShellWord.of(word)).isEqualTo(pasted);
  }
}
