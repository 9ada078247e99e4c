package io.salvor.cli.session;

import java.util.Optional;

/// Which agent works on a task: flag, `SALVOR_AGENT`, or what the server takes where none is named.
public final class AgentChoice {
  private final Context context;

  public AgentChoice(Context context) {
    this.context = context;
  }

  /// The agent's name; empty for the server's choice.
  public String choose(Optional<String> named) {
    return named.or(() -> context.surroundings().variable("SALVOR_AGENT")).orElse("");
  }
}
