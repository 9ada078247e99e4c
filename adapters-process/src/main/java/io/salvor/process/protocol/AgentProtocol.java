package io.salvor.process.protocol;

import io.salvor.domain.agent.LaunchOrder;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// How one kind of agent is called and understood. Immutable.
public sealed interface AgentProtocol
    permits ClaudeProtocol, CodexProtocol, CommandProtocol, GeminiProtocol, OpenCodeProtocol {

  /// Program and arguments.
  List<String> command(LaunchOrder order);

  /// Variables that this launch needs beside those passed on.
  Map<String, String> environment(LaunchOrder order);

  /// Whether the agent needs the server's variable `name`.
  ///
  /// @param available all of the server's environment
  boolean needs(String name, Map<String, String> available);

  /// Host that the agent will speak to where the environment names one, else empty.
  String endpoint(Map<String, String> passed);

  /// Whether the agent's own program is known to exit with `status`.
  boolean exitsWith(int status);

  /// The HTTP status of the provider that the agent's own program is known to tell by exiting with
  /// `status`.
  default OptionalInt providerStatus(int status) {
    return OptionalInt.empty();
  }

  /// A reader for one attempt's output, to be fed from the first line on.
  LineReader reader(Listening listening);
}
