package io.salvor.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScreenTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private Size size = new Size(40, 10);
  private final List<Thread> hooks = new ArrayList<>();
  private boolean processEnds;
  private final Screen screen =
      new Screen(
          new PrintStream(bytes, true, StandardCharsets.UTF_8),
          () -> size,
          new Screen.AtExit(
              hook -> change(() -> hooks.add(hook)), hook -> change(() -> hooks.remove(hook))));
  private final Glass glass = new Glass(40, 10);

  private void change(Runnable change) {
    if (processEnds) {
      throw new IllegalStateException("Shutdown in progress");
    }
    change.run();
  }

  private String written() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    glass.write(text);
    return text;
  }

  @Test
  void a_picture_is_drawn_over_the_one_before() {
    screen.draw(List.of("one", "two", "three"));
    written();
    assertThat(glass.lines()).containsExactly("one", "two", "three");
    screen.draw(List.of("one", "2"));
    written();
    assertThat(glass.lines()).containsExactly("one", "2");
    screen.draw(List.of("1", "2", "3", "4"));
    written();
    assertThat(glass.lines()).containsExactly("1", "2", "3", "4");
    screen.draw(List.of());
    written();
    assertThat(glass.lines()).isEmpty();
  }

  @Test
  void what_did_not_change_is_not_written_again() {
    screen.draw(List.of("one", "two", "three"));
    written();
    screen.draw(List.of("one", "two", "three"));
    assertThat(written()).isEmpty();
    screen.draw(List.of("one", "2", "three"));
    assertThat(written()).contains("2").doesNotContain("one").doesNotContain("three");
  }

  @Test
  void of_a_line_only_what_changed_is_written_again() {
    screen.draw(List.of("TASK-1 \u001b[32mRUNNING\u001b[0m  41s  a title"));
    written();
    screen.draw(List.of("TASK-1 \u001b[32mRUNNING\u001b[0m  42s  a title"));
    assertThat(written()).isEqualTo("\r\u001b[16C42s");
    screen.draw(List.of("TASK-1 \u001b[33mREVIEW \u001b[0m  42s  a title"));
    assertThat(written()).isEqualTo("\r\u001b[7C\u001b[33mREVIEW \u001b[0m");
    assertThat(glass.lines()).containsExactly("TASK-1 REVIEW   42s  a title");
    screen.draw(List.of("TASK-1 \u001b[33mREVIEW \u001b[0m  1m  a title"));
    written();
    assertThat(glass.lines()).containsExactly("TASK-1 REVIEW   1m  a title");
  }

  @Test
  void what_is_said_stays_above() {
    screen.draw(List.of("picture", "second line"));
    screen.say("said", List.of("picture", "second line"));
    screen.say("more", List.of("picture", "line 2"));
    written();
    assertThat(glass.lines()).containsExactly("said", "more", "picture", "line 2");
    screen.draw(List.of("another"));
    written();
    assertThat(glass.lines()).containsExactly("said", "more", "another");
  }

  @Test
  void a_picture_never_grows_beyond_the_terminal() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      many.add("line " + i + " ".repeat(50) + "end");
    }
    screen.draw(many);
    written();
    assertThat(glass.lines()).hasSize(9).allMatch(it -> it.length() < 40);
    screen.draw(List.of("short"));
    written();
    assertThat(glass.lines()).containsExactly("short");
  }

  @Test
  void another_size_begins_with_a_clean_glass() {
    screen.draw(List.of("one", "two"));
    written();
    size = new Size(20, 10);
    screen.draw(List.of("one", "two two two two two two"));
    assertThat(written()).contains("\u001b[2J");
    assertThat(glass.lines()).containsExactly("one", "two two two two tw…");
  }

  @Test
  void the_cursor_is_hidden_meanwhile_and_shown_in_the_end_below_the_picture() {
    screen.draw(List.of("one"));
    assertThat(written()).startsWith("\u001b[?25l");
    screen.close();
    assertThat(written()).isEqualTo("\n\u001b[?25h");
    screen.draw(List.of("too late"));
    screen.close();
    assertThat(written()).isEmpty();
  }

  @Test
  void once_the_process_ends_nothing_is_begun() {
    processEnds = true;
    screen.draw(List.of("one"));
    screen.say("two", List.of("three"));
    screen.close();
    assertThat(written()).isEmpty();
  }

  @Test
  void the_cursor_is_shown_once_where_the_process_ends_in_the_middle() throws InterruptedException {
    screen.draw(List.of("one"));
    written();
    processEnds = true;
    screen.close();
    hooks.getFirst().start();
    hooks.getFirst().join();
    assertThat(written()).isEqualTo("\n\u001b[?25h");
  }

  @Test
  void where_nothing_was_drawn_nothing_is_written() {
    screen.close();
    assertThat(written()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatever_is_drawn_one_after_the_other_the_last_picture_is_what_is_seen(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      List<String> picture = new ArrayList<>();
      for (int line = random.nextInt(5); line > 0; line--) {
        picture.add(line(random));
      }
      screen.draw(picture);
      if (random.nextInt(10) == 0) {
        screen.say("said " + i, picture);
      }
      written();
      List<String> seen = glass.lines();
      assertThat(seen.subList(seen.size() - picture.size(), seen.size()))
          .as("seed %s, picture %s", seed, i)
          .isEqualTo(picture.stream().map(ScreenTest::uncoloured).toList());
    }
  }

  private static String uncoloured(String line) {
    return line.replaceAll("\u001b\\[\\d+m", "");
  }

  /// Some words, of which some are coloured where nobody sees it here.
  private static String line(Random random) {
    var line = new StringBuilder("abcdefg".substring(0, 1 + random.nextInt(6)));
    for (int word = random.nextInt(4); word > 0; word--) {
      boolean coloured = random.nextBoolean();
      line.append(coloured ? " \u001b[3" + random.nextInt(8) + "m" : " ");
      line.append("a b c".substring(0, 1 + random.nextInt(5)).strip());
      line.append(coloured ? "\u001b[0m" : "");
    }
    return line.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "plain, 5, plain",
    "plain, 4, pla…",
    "größer, 4, grö…",
    "日本語, 6, 日本語",
    "日本語, 5, 日本…",
    "日本語, 4, 日…",
    "a🚀b, 4, a🚀b",
    "a🚀b, 3, a…",
    "e\u0301tat, 4, e\u0301tat",
    "^[31mred^[0m, 3, ^[31mred^[0m",
    "^[31mredder^[0m, 4, ^[31mred…^[0m",
  })
  void a_line_is_cut_by_the_room_that_it_takes(String line, int columns, String cut) {
    String expected = cut.replace('^', '\u001b');
    assertThat(Cells.cut(line.replace('^', '\u001b'), columns)).isEqualTo(expected);
    assertThat(Cells.width(expected)).isLessThanOrEqualTo(columns);
  }

  @Test
  void nothing_that_an_agent_writes_steers_the_terminal() {
    var harmless = new Harmless();
    byte[] bytes = "a\u001b[2Jb\r\nc\td\re\u007f\u009bü\u0000".getBytes(StandardCharsets.UTF_8);
    assertThat(harmless.text(bytes)).isEqualTo("a␛[2Jb\nc\td␍e␡\ufffdü␀");
    bytes = "if\u202e x\u2069 y\u200e".getBytes(StandardCharsets.UTF_8);
    assertThat(harmless.text(bytes)).isEqualTo("if\ufffd x\ufffd y\ufffd");
    assertThat(harmless.text(new byte[] {(byte) 0xff, 'x'})).isEqualTo("\ufffdx");
  }

  @Test
  void a_letter_that_is_cut_in_two_is_put_together() {
    var harmless = new Harmless();
    byte[] bytes = "x🚀y".getBytes(StandardCharsets.UTF_8);
    var text = new StringBuilder();
    for (byte one : bytes) {
      text.append(harmless.text(new byte[] {one}));
    }
    assertThat(text).hasToString("x🚀y");
  }
}
