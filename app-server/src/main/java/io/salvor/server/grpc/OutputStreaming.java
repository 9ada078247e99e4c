package io.salvor.server.grpc;

import com.google.protobuf.ByteString;
import io.salvor.domain.task.Task;
import io.salvor.process.text.Redactor;
import io.salvor.server.errors.Errors;
import io.salvor.server.upkeep.RecordedOutput;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.StreamOutputRequest;
import io.salvor.v1.StreamOutputResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// What an attempt's agent wrote, from its flight recorder, redacted line by line. Offsets are
/// those of the raw output.
final class OutputStreaming {
  private static final int CHUNK = 64 * 1024;

  /// How often the file is looked at while it is followed; the log says nothing of output that
  /// makes no event.
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final TaskLookup lookup;
  private final Path attempts;
  private final Redactor redactor;
  private final Changes changes;

  /// @param attempts the folder of the flight recorders
  OutputStreaming(TaskLookup lookup, Path attempts, Redactor redactor, Changes changes) {
    this.lookup = lookup;
    this.attempts = attempts;
    this.redactor = redactor;
    this.changes = changes;
  }

  void send(StreamOutputRequest request, Outgoing<StreamOutputResponse> out)
      throws InterruptedException {
    Names.AttemptName name = Names.parseAttempt(request.getName());
    Task task = lookup.task(lookup.id(name.task()));
    int attempt = name.number() == 0 ? task.lastAttempt() : name.number();
    if (attempt < 1 || attempt > task.lastAttempt()) {
      throw Errors.failure(
          ErrorReason.Code.ATTEMPT_NOT_FOUND,
          task.display() + " has no attempt " + attempt,
          "salvor task show " + task.display());
    }
    var asked = Names.known("stream", request.getStream(), request.getStreamValue());
    String stream = asked == StreamOutputRequest.Stream.STDERR ? "stderr" : "stdout";
    Path file =
        attempts.resolve(task.id().toString()).resolve(Integer.toString(attempt)).resolve(stream);
    try (var output = new RecordedOutput(file)) {
      follow(request, out, task, attempt, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void follow(
      StreamOutputRequest request,
      Outgoing<StreamOutputResponse> out,
      Task task,
      int attempt,
      RecordedOutput output)
      throws IOException, InterruptedException {
    long offset = begin(output, request.getOffset());
    long lastSent = System.nanoTime();
    while (true) {
      boolean over = !request.getFollow() || isOver(task, attempt);
      Chunk chunk = read(output, offset, over);
      if (chunk.length() > 0) {
        out.send(message(attempt, offset, chunk));
        offset += chunk.length();
        lastSent = System.nanoTime();
      } else if (over) {
        return;
      } else {
        if (System.nanoTime() - lastSent > Changes.HEARTBEAT.toNanos()) {
          out.send(message(attempt, offset, chunk));
          lastSent = System.nanoTime();
        }
        changes.awaitBeyond(Long.MAX_VALUE - 1, LOOK_EVERY);
        out.checkThere();
      }
    }
  }

  private boolean isOver(Task task, int attempt) {
    Task now = lookup.task(task.id());
    return now.lastAttempt() > attempt
        || now.attempts().stream().anyMatch(past -> past.ref().number() == attempt);
  }

  private static long begin(RecordedOutput output, long asked) throws IOException {
    return asked >= 0 ? asked : Math.max(0, output.length() + asked);
  }

  /// @param length of the raw output that it stands for
  private record Chunk(ByteString data, int length) {}

  private Chunk read(RecordedOutput output, long offset, boolean toTheEnd) throws IOException {
    byte[] bytes = output.read(offset, CHUNK);
    int length = bytes.length;
    int cut = length == CHUNK || !toTheEnd ? lastLineEnd(bytes, length) : length;
    // ISO-8859-1 maps every byte to one character and back: redaction must not change other
    // bytes.
    String redacted = redactor.redact(new String(bytes, 0, cut, StandardCharsets.ISO_8859_1));
    return new Chunk(ByteString.copyFrom(redacted, StandardCharsets.ISO_8859_1), cut);
  }

  private static int lastLineEnd(byte[] bytes, int length) {
    for (int i = length; i > 0; i--) {
      if (bytes[i - 1] == '\n') {
        return i;
      }
    }
    return length == CHUNK ? length : 0;
  }

  private static StreamOutputResponse message(int attempt, long offset, Chunk chunk) {
    return StreamOutputResponse.newBuilder()
        .setAttempt(attempt)
        .setOffset(offset)
        .setNextOffset(offset + chunk.length())
        .setData(chunk.data())
        .build();
  }
}
