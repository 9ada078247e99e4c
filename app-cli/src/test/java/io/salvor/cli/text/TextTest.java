package io.salvor.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextTest {
  @ParameterizedTest
  @CsvSource({"$5, 5000000", "5, 5000000", "0.50, 500000", "$.25, 250000", "0.000001, 1"})
  void money_is_read(String text, long micros) {
    assertThat(Money.parse(text)).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "$", "0", "-1", "1e3", "1,50", "5 USD", "0.0000001", "99999999999"})
  void what_is_no_money_is_not_read(String text) {
    assertThatThrownBy(() -> Money.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"420000, $0.42", "0, $0.00", "5000000, $5.00", "4200, $0.0042", "12345678, $12.35"})
  void money_is_written(long micros, String text) {
    assertThat(Money.format(micros)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"30m, 1800", "1h30m, 5400", "90s, 90", "2d, 172800", "1d2h3m4s, 93784"})
  void time_is_read(String text, long seconds) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "m", "0s", "1m1h", "1.5h", "-5m", "5 m"})
  void what_is_no_time_is_not_read(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"4, 4s", "123, 2m 03s", "11100, 3h 05m", "187200, 2d 04h", "-3, 0s"})
  void time_is_written(long seconds, String text) {
    assertThat(Durations.format(Duration.ofSeconds(seconds))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "TASK-0001, tasks/TASK-0001",
    "task-1, tasks/TASK-0001",
    "1, tasks/TASK-0001",
    "0042, tasks/TASK-0042",
    "TASK-12345, tasks/TASK-12345",
    "tasks/TASK-0001, tasks/TASK-0001",
    "tasks/0198a0b0-0000-7000-8000-000000000001, tasks/0198a0b0-0000-7000-8000-000000000001",
    "0198A0B0-0000-7000-8000-000000000001, tasks/0198a0b0-0000-7000-8000-000000000001",
  })
  void tasks_are_named_in_many_ways(String text, String name) {
    assertThat(TaskNames.parse(text)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "TASK-", "TASK-0", "x", "tasks/", "1/2", "../1", "task 1"})
  void what_names_no_task_is_refused(String text) {
    assertThatThrownBy(() -> TaskNames.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1, tasks/TASK-0001",
    "TASK-0001/2, tasks/TASK-0001/attempts/2",
    "tasks/TASK-0001/attempts/2, tasks/TASK-0001/attempts/2",
    "1/-, tasks/TASK-0001/attempts/-",
  })
  void threads_are_tasks_or_attempts(String text, String name) {
    assertThat(TaskNames.parseThread(text)).isEqualTo(name);
  }

  @Test
  void foreign_text_cannot_steer_a_terminal() {
    assertThat(Clean.line("a\u001b[2Jb\nc\u009bd\te")).isEqualTo("a [2Jb c d e");
    assertThat(Clean.line("a\u202eb\u2066c\u200fd\u061ce")).isEqualTo("a b c d e");
    assertThat(Clean.line("abcdef", 4)).isEqualTo("abc…");
  }
}
