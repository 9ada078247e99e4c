package io.salvor.cli;

import io.salvor.cli.session.Surroundings;

/// The `salvor` command.
public final class Main {
  private Main() {}

  /// Runs one command and ends the process with its exit code.
  public static void main(String[] arguments) {
    var surroundings = Surroundings.ofProcess();
    int exit = new Salvor(surroundings).run(arguments);
    surroundings.out().flush();
    surroundings.err().flush();
    Runtime.getRuntime().halt(exit);
  }
}
