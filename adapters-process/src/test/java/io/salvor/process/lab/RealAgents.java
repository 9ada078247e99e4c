package io.salvor.process.lab;

import java.util.List;

/// All agent CLIs that tests know.
public final class RealAgents {
  private static final List<RealAgent> ALL =
      List.of(new ClaudeCli(), new CodexCli(), new GeminiCli(), new OpenCodeCli());

  private RealAgents() {}

  public static List<RealAgent> all() {
    return ALL;
  }
}
