package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.ProgramVersion;
import io.salvor.cli.session.SalvorCommand;

/// Shows the version of this program.
public final class Version extends SalvorCommand {
  public Version(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    String version = ProgramVersion.read();
    String java = System.getProperty("java.vm.version", "unknown");
    if (context().output() == Output.TEXT) {
      context().out().println("salvor " + version + " (Java " + java + ")");
    } else {
      context().out().println("{\"version\": \"" + version + "\", \"java\": \"" + java + "\"}");
    }
    return ExitCode.OK;
  }
}
