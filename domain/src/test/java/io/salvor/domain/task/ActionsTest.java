package io.salvor.domain.task;

import static io.salvor.domain.task.Samples.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent.ToolCalled;
import io.salvor.domain.agent.AgentEvent.ToolReturned;
import io.salvor.domain.task.Progress.OpenTool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What counts as a loop: each letter is an action with its result.
final class ActionsTest {
  private static Actions done(String letters) {
    Actions actions = Actions.NONE;
    for (int at = 0; at < letters.length(); at++) {
      var call = OpenTool.of(new ToolCalled(line(0), "c", "Bash", letters.substring(at, at + 1)));
      actions = actions.with(call, new ToolReturned(line(0), "c", true, "d", ""));
    }
    return actions;
  }

  private static String shown(Iterable<Actions.Action> actions) {
    var text = new StringBuilder();
    actions.forEach(it -> text.append(it.shown().charAt(it.shown().length() - 1)));
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    // what was done, the window, the loop; - for none
    "aaaaaaaaaa, 10, a",
    "aaaaaaaaa, 10, -",
    "baaaaaaaaa, 10, -",
    "xaaaaaaaaaa, 10, a",
    "ababababab, 10, ab",
    "abcdeabcde, 10, abcde",
    "abcdefabcdef, 12, -",
    "abcabcabca, 10, bca",
    "aa, 2, a",
    "ab, 2, -",
    "abab, 3, -",
    "aaaa, 0, -",
  })
  void a_sequence_that_fills_the_window_is_a_loop(String done, int window, String loop) {
    assertThat(done(done).loop(window).map(ActionsTest::shown).orElse("-")).isEqualTo(loop);
  }

  @ParameterizedTest
  @CsvSource({"aa, a", "xabab, ab", "abcdeabcde, abcde", "ab, ''", "a, ''", "abcdefabcdef, ''"})
  void the_shortest_sequence_that_was_done_twice_is_named(String done, String pattern) {
    assertThat(shown(done(done).pattern())).isEqualTo(pattern);
  }

  @Test
  void no_more_is_kept_than_the_longest_window_needs() {
    assertThat(done("a".repeat(Actions.MAX_WINDOW + 5)).last()).hasSize(Actions.MAX_WINDOW);
    assertThat(done("a".repeat(Actions.MAX_WINDOW)).loop(Actions.MAX_WINDOW)).isPresent();
  }

  /// The values are those of the hash's authors.
  @ParameterizedTest
  @CsvSource({"'', cbf29ce484222325", "a, af63dc4c8601ec8c", "foobar, 85944171f73967e8"})
  void inputs_are_told_apart_by_fnv_1a(String text, String hash) {
    assertThat(Long.toHexString(Actions.hash(text))).isEqualTo(hash);
  }

  @Test
  void a_long_input_is_cut_for_people() {
    assertThat(Actions.shown("Bash", "x".repeat(100))).isEqualTo("Bash " + "x".repeat(100));
    assertThat(Actions.shown("Bash", "x".repeat(101))).isEqualTo("Bash " + "x".repeat(100) + "…");
  }
}
