package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            2026-02-28 10:00:00.500 INFO Server: second  actor=user:ann  attempt=TASK-0001/1
            2026-02-28 10:00:00.500 INFO Server: third ü  actor=user:ann  attempt=TASK-0001/1
            not JSON  [2J
            """);
    assertThat(cli.run("logs", "-o", "jsonl").out().lines())
        .hasSize(4)
        .contains(line("first").strip());
  }

  private static String line(String message) {
    return """
    {"time":"2026-02-28T10:00:00.5Z","level":"INFO","logger_name":"io.salvor.Server",\
    "message":"%s","actor":"user:ann","attempt":"TASK-0001/1","worker":"main"}
    """
        .formatted(message);
  }

  @Test
  void where_there_is_no_log_it_says_so() {
    assertThat(cli.run("logs").exit()).isEqualTo(3);
  }
}
