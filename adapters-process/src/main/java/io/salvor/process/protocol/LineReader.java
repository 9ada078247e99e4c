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
}
