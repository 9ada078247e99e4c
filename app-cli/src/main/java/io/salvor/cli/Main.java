package io.salvor.cli;

import io.salvor.cli.session.Surroundings;

/// The `salvor` command.
public final class Main {
  private Main() {}

  /// Runs one command and ends the process with its exit code.
  ///
  /// It halts, since to exit would first look for a logger that may want to hear of it. Nothing
  /// that a command leaves behind needs a hook: those are for the end by a signal.
  public static void main(String[] arguments) {
    Runtime.getRuntime().halt(run(Surroundings.ofProcess(), arguments));
  }

  /// Runs one command; all that it writes is written when this returns its exit code.
  static int run(Surroundings surroundings, String... arguments) {
    return new Salvor(surroundings).run(arguments);
  }
}
