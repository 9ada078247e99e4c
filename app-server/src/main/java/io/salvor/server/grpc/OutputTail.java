package io.salvor.server.grpc;

import io.salvor.domain.id.TaskId;
import io.salvor.process.text.Redactor;
import io.salvor.server.upkeep.RecordedOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The last lines of an attempt's output, redacted; standard error where there is some, else
/// standard output.
final class OutputTail {
  private static final int BYTES = 8 * 1024;
  private static final int LINES = 20;
  private static final int LINE = 400;

  private final Path attempts;
  private final Redactor redactor;

  /// @param attempts the folder of the flight recorders
  OutputTail(Path attempts, Redactor redactor) {
    this.attempts = attempts;
    this.redactor = redactor;
  }

  /// Empty where nothing was written or it cannot be read any more.
  List<String> of(TaskId task, int attempt) {
    Path recorder = attempts.resolve(task.toString()).resolve(Integer.toString(attempt));
    try {
      List<String> errors = read(recorder.resolve("stderr"));
      return errors.isEmpty() ? read(recorder.resolve("stdout")) : errors;
    } catch (IOException e) {
      return List.of();
    }
  }

  private List<String> read(Path file) throws IOException {
    List<String> lines =
        redactor
            .redact(new String(end(file), StandardCharsets.UTF_8))
            .lines()
            .filter(line -> !line.isBlank())
            .map(line -> line.length() > LINE ? line.substring(0, LINE) + "…" : line)
            .toList();
    return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
  }

  private static byte[] end(Path file) throws IOException {
    try (var output = new RecordedOutput(file)) {
      return output.read(Math.max(0, output.length() - BYTES), BYTES);
    }
  }
}
