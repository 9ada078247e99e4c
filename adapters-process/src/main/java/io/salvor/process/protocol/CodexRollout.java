package io.salvor.process.protocol;

import io.salvor.domain.agent.AgentEvent.Verdict;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// The record that Codex keeps of a session. It tells what the output does not: the model, the
/// tokens while a turn runs, and as a typed value what made a turn fail.
///
/// Nothing depends on it being there or on its shape: what cannot be read is not known. Memory is
/// bounded. Not safe for use by many threads.
final class CodexRollout {
  private static final int LONGEST_LINE = 256 * 1024;
  private static final int CHUNK = 64 * 1024;

  private final Path state;
  private final String session;
  private Optional<Path> file = Optional.empty();
  private long position;
  private byte[] line = new byte[0];
  private boolean skipping;
  private Optional<Verdict> failure = Optional.empty();

  private CodexRollout(Path state, String session) {
    this.state = state;
    this.session = session;
  }

  /// The one of a session.
  ///
  /// @param state `$CODEX_HOME`
  static CodexRollout of(Path state, String session) {
    return new CodexRollout(state, session);
  }

  /// Reads what came since the last call.
  ///
  /// @return whether `usage` grew
  boolean readInto(CodexUsage usage) {
    if (file.isEmpty()) {
      file = find();
    }
    return file.isPresent() && readOn(file.get(), usage);
  }

  /// What made the last turn fail, as far as it was read.
  Optional<Verdict> failure() {
    return failure;
  }

  /// Codex files it under the day of its beginning, in local time; the id is a UUID that begins
  /// with the time.
  private Optional<Path> find() {
    try {
      long millis = UUID.fromString(session).getMostSignificantBits() >>> 16;
      LocalDate day = Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).toLocalDate();
      for (LocalDate candidate : new LocalDate[] {day, day.minusDays(1), day.plusDays(1)}) {
        Optional<Path> found = in(candidate);
        if (found.isPresent()) {
          return found;
        }
      }
    } catch (IllegalArgumentException | DateTimeException | IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private Optional<Path> in(LocalDate day) throws IOException {
    Path folder =
        state.resolve(
            String.format(
                Locale.ROOT,
                "sessions/%04d/%02d/%02d",
                day.getYear(),
                day.getMonthValue(),
                day.getDayOfMonth()));
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "rollout-*" + session + ".jsonl")) {
      for (Path found : files) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private boolean readOn(Path path, CodexUsage usage) {
    boolean grew = false;
    try (RandomAccessFile source = new RandomAccessFile(path.toFile(), "r")) {
      source.seek(position);
      byte[] chunk = new byte[CHUNK];
      for (int read = source.read(chunk); read > 0; read = source.read(chunk)) {
        position += read;
        grew |= take(chunk, read, usage);
      }
    } catch (IOException e) {
      return grew;
    }
    return grew;
  }

  private boolean take(byte[] chunk, int length, CodexUsage usage) {
    boolean grew = false;
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (chunk[i] == '\n') {
        keep(chunk, start, i);
        grew |= !skipping && read(new String(line, StandardCharsets.UTF_8), usage);
        line = new byte[0];
        skipping = false;
        start = i + 1;
      }
    }
    keep(chunk, start, length);
    return grew;
  }

  private void keep(byte[] chunk, int from, int to) {
    skipping |= line.length + (to - from) > LONGEST_LINE;
    if (skipping) {
      line = new byte[0];
    } else if (to > from) {
      int before = line.length;
      line = Arrays.copyOf(line, before + to - from);
      System.arraycopy(chunk, from, line, before, to - from);
    }
  }

  private boolean read(String text, CodexUsage usage) {
    JsonNode it = Json.object(text).map(whole -> whole.path("payload")).orElse(Json.NOTHING);
    if (!Json.text(it, "model").isEmpty() && it.has("turn_id")) {
      usage.model(Json.text(it, "model"));
      return false;
    }
    return switch (Json.text(it, "type")) {
      case "task_started" -> {
        failure = Optional.empty();
        yield false;
      }
      case "token_count" -> {
        boolean grew = usage.add(it.path("info").path("total_token_usage"));
        if (grew) {
          usage.addTurn();
        }
        yield grew;
      }
      case "task_complete" -> {
        if (it.path("error").isObject()) {
          failure = Optional.of(CodexFailure.verdict(it.path("error")));
        }
        yield false;
      }
      default -> false;
    };
  }
}
