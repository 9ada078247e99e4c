package io.salvor.process.protocol;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.ByteRange;
import java.util.List;

/// Understands one attempt's output, line by line; keeps totals. Not safe for use by many threads.
public interface LineReader {
  /// What a line says; often nothing.
  ///
  /// @param line without its line feed; bytes that are not UTF-8 were replaced
  List<AgentEvent> read(ByteRange at, String line);

  /// What the whole output says, once nobody writes any more of it: a last word that only shows by
  /// nothing following it, or of which something was still to be learnt. Asked at most once, after
  /// the last line.
  ///
  /// @return each with the line that it is about, in the order of the lines
  default List<AgentEvent> end() {
    return List.of();
  }
}
