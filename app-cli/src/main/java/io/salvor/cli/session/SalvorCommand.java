package io.salvor.cli.session;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// A command; its options are its annotated fields.
@Command
public abstract class SalvorCommand implements Callable<Integer> {
  private final Context context;

  protected SalvorCommand(Context context) {
    this.context = context;
  }

  /// The run that it belongs to.
  protected final Context context() {
    return context;
  }

  /// Does it. Throws [Failure] where it comes to nothing.
  protected abstract ExitCode run() throws Exception;

  @Override
  public final Integer call() throws Exception {
    return run().code();
  }
}
