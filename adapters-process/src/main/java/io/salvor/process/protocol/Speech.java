package io.salvor.process.protocol;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.ByteRange;
import io.salvor.process.text.Excerpts;
import java.util.List;

/// Puts the pieces of what a model says together again. Memory is bounded. Not safe for use by many
/// threads.
final class Speech {
  private static final int LONGEST = 8 * AgentEvent.MAX_TEXT;

  private final Excerpts excerpts;
  private final StringBuilder words = new StringBuilder();
  private long from;
  private long to;
  private String latest = "";

  Speech(Excerpts excerpts) {
    this.excerpts = excerpts;
  }

  /// Takes one more piece.
  void add(ByteRange at, String piece) {
    if (words.isEmpty()) {
      from = at.offset();
    }
    to = at.end();
    words.append(piece, 0, Math.min(piece.length(), LONGEST - words.length()));
  }

  /// What was said since this was last asked; empty where nothing was.
  List<AgentEvent> end() {
    String said = words.toString();
    words.setLength(0);
    if (said.isBlank()) {
      return List.of();
    }
    latest = said;
    return List.of(new AgentEvent.Said(new ByteRange(from, to - from), excerpts.text(said)));
  }

  /// What [#end] told last.
  String latest() {
    return latest;
  }
}
