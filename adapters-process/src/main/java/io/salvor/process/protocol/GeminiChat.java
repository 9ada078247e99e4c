package io.salvor.process.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The record that Gemini CLI keeps of a session. It tells what the output does not: the model and
/// the tokens of each answer, while it works.
///
/// Nothing depends on it being there or on its shape: what cannot be read is not known. Not safe
/// for use by many threads.
final class GeminiChat {
  private static final int ID_IN_NAME = 8;
  private static final int MOST_OF_HEAD = 4096;

  private final Path state;
  private final String session;
  private final Instant begun;
  private Optional<RecordLines> lines = Optional.empty();

  /// The one of a session.
  ///
  /// @param state the folder `.gemini`
  /// @param begun when this process began to work on the session; what it says of earlier times is
  ///   others'
  GeminiChat(Path state, String session, Instant begun) {
    this.state = state;
    this.session = session;
    this.begun = begun;
  }

  /// Takes in what came since the last call.
  void readInto(GeminiUsage usage) {
    if (lines.isEmpty()) {
      lines = find().map(RecordLines::new);
    }
    lines.ifPresent(it -> it.readOn(line -> read(line, usage)));
  }

  /// It lies in a folder of the project, which the CLI names as it likes; the name ends with the
  /// beginning of the id.
  private Optional<Path> find() {
    if (session.length() < ID_IN_NAME || !session.matches("[0-9A-Za-z-]+")) {
      return Optional.empty();
    }
    String name = "session-*-" + session.substring(0, ID_IN_NAME) + ".jsonl";
    try (DirectoryStream<Path> projects = Files.newDirectoryStream(state.resolve("tmp"))) {
      for (Path project : projects) {
        Optional<Path> found = in(project.resolve("chats"), name);
        if (found.isPresent()) {
          return found;
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private Optional<Path> in(Path chats, String name) throws IOException {
    if (!Files.isDirectory(chats)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(chats, name)) {
      for (Path file : files) {
        if (isOurs(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  private boolean isOurs(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      String beginning = new String(content.readNBytes(MOST_OF_HEAD), StandardCharsets.UTF_8);
      return beginning
          .lines()
          .findFirst()
          .flatMap(Json::object)
          .filter(it -> Json.text(it, "sessionId").equals(session))
          .isPresent();
    }
  }

  private void read(String line, GeminiUsage usage) {
    JsonNode it = Json.object(line).orElse(Json.NOTHING);
    if (Json.text(it, "type").equals("gemini") && isOfThisProcess(it)) {
      usage.answered(Json.text(it, "id"), Json.text(it, "model"), it.path("tokens"));
    }
  }

  private boolean isOfThisProcess(JsonNode it) {
    try {
      return !Instant.parse(Json.text(it, "timestamp")).isBefore(begun);
    } catch (DateTimeException e) {
      return false;
    }
  }
}
