package io.salvor.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.cli.server.LogNews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogsTest {
  @TempDir Path directory;
  private Cli cli;
  private Path logs;

  @BeforeEach
  void start() throws IOException {
    cli = new Cli(directory);
    logs = Files.createDirectories(cli.home().resolve("logs"));
  }

  private void write(String name, String text, long seconds) throws IOException {
    Path file = Files.writeString(logs.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(seconds)));
  }

  @Test
  void the_last_lines_of_all_files_are_shown_without_a_server() throws IOException {
    write("salvor.2026-02-28.0.log", line("first") + line("second"), 1);
    write("salvor.log", line("third ü") + "not JSON \u001b[2J\n", 2);
    write("server.out", "nothing of this\n", 3);
    var result = cli.run("logs", "-n", "3");
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            2026-02-28 10:00:00.500 INFO Server: second  actor=user:ann  task=TASK-0001  attempt=1
            2026-02-28 10:00:00.500 INFO Server: third ü  actor=user:ann  task=TASK-0001  attempt=1
            not JSON  [2J
            """);
    assertThat(cli.run("logs", "-o", "jsonl").out().lines())
        .hasSize(4)
        .contains(line("first").strip());
  }

  private static String line(String message) {
    return """
    {"time":"2026-02-28T10:00:00.5Z","level":"INFO","logger_name":"io.salvor.Server",\
    "message":"%s","actor":"user:ann","task":"TASK-0001","attempt":"1",\
    "thread":"tasks/0198a0b0-0000-7000-8000-000000000001","worker":"main"}
    """
        .formatted(message);
  }

  @Test
  void where_there_is_no_log_it_says_so() {
    assertThat(cli.run("logs").exit()).isEqualTo(3);
  }

  private static String line(String time, String level, String message, String more) {
    return "{\"time\":\"%s\",\"level\":\"%s\",\"message\":\"%s\"%s}\n"
        .formatted(time, level, message, more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --task 1                             | one two
          --task TASK-0001 --attempt 2         | two
          --task 0198a0b0-0000-7000-8000-000000000001 | one two
          --attempt TASK-0001/2                | two
          --attempt 2                          | two other
          --thread TASK-0001/2                 | two
          --thread TASK-0001                   | one two
          --actor user:bob                     | other
          --level warn                         | two last
          --level error                        | last
          --since 30m                          | other last
          --since 2026-03-01T11:00:00Z         | two other last
          --task 1 --level warn                | two
          -n 2                                 | last torn
          -n 1 --level info                    | last
          """)
  void what_is_wanted_can_be_named(String options, String expected) throws IOException {
    String one =
        ",\"task\":\"TASK-0001\",\"thread\":\"tasks/0198a0b0-0000-7000-8000-000000000001\"";
    write(
        "salvor.log",
        line("2026-03-01T10:00:00Z", "INFO", "one", one + ",\"attempt\":\"1\"")
            + line("2026-03-01T11:00:00Z", "WARN", "two", one + ",\"attempt\":\"2\"")
            + line(
                "2026-03-01T11:40:00Z",
                "INFO",
                "other",
                ",\"task\":\"TASK-0002\",\"attempt\":\"2\",\"actor\":\"user:bob\"")
            + line("2026-03-01T11:59:00Z", "ERROR", "last", "")
            + "torn\n",
        1);
    var result = cli.run(("logs -o jsonl " + options).split(" "));
    assertThat(result.exit()).as(result.err()).isZero();
    String messages =
        result
            .out()
            .lines()
            .map(it -> it.replaceAll(".*\"message\":\"(\\w+)\".*", "$1"))
            .collect(joining(" "));
    assertThat(messages).isEqualTo(expected);
  }

  @Test
  void what_cannot_be_meant_is_a_misunderstanding() {
    for (String wrong : new String[] {"--level loud", "--since soon", "--attempt x", "--task x"}) {
      assertThat(cli.run(("logs " + wrong).split(" ")).exit()).as(wrong).isEqualTo(2);
    }
  }

  @Test
  void nothing_is_lost_where_a_file_is_rolled_while_it_is_followed() throws IOException {
    write("salvor.log", "old\n", 1);
    try (var news = new LogNews(logs)) {
      assertThat(news.read()).isEmpty();
      append("a\nb");
      assertThat(news.read()).containsExactly("a");
      append("c\nd\n");
      Files.move(logs.resolve("salvor.log"), logs.resolve("salvor.2026.0.log"));
      Files.writeString(logs.resolve("salvor.log"), "e\n");
      assertThat(news.read()).containsExactly("bc", "d", "e");
      append("f\n");
      assertThat(news.read()).containsExactly("f");
    }
  }

  private void append(String text) throws IOException {
    Files.writeString(logs.resolve("salvor.log"), text, StandardOpenOption.APPEND);
  }
}
