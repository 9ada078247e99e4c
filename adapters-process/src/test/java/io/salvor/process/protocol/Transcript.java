package io.salvor.process.protocol;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Feeds lines to a reader.
final class Transcript {
  private Transcript() {}

  /// The lines of a recorded run.
  static List<String> recorded(String name) throws IOException {
    try (InputStream resource = Transcript.class.getResourceAsStream(name + ".jsonl")) {
      byte[] bytes = Objects.requireNonNull(resource, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
  }

  /// What `reader` makes of them.
  static List<AgentEvent> read(LineReader reader, List<String> lines) {
    List<AgentEvent> events = new ArrayList<>();
    long offset = 0;
    for (String line : lines) {
      int length = line.getBytes(StandardCharsets.UTF_8).length;
      events.addAll(reader.read(new ByteRange(offset, length), line));
      offset += length + 1;
    }
    return events;
  }

  static List<AgentEvent> read(LineReader reader, String... lines) {
    return read(reader, List.of(lines));
  }

  static <T extends AgentEvent> List<T> only(Class<T> kind, List<AgentEvent> events) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
