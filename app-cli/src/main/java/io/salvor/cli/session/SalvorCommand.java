package io.salvor.cli.session;

import java.util.concurrent.Callable;

/// A command; what it takes are its fields, declared with [#words].
public abstract class SalvorCommand implements Callable<Integer> {
  private final Context context;

  /// Declares what the command takes.
  protected final Words words = new Words(this);

  protected SalvorCommand(Context context) {
    this.context = context;
  }

  /// The run that it belongs to.
  protected final Context context() {
    return context;
  }

  /// What it takes.
  public final Words words() {
    return words;
  }

  /// Does it. Throws [Failure] where it comes to nothing.
  protected abstract ExitCode run() throws Exception;

  @Override
  public final Integer call() throws Exception {
    return run().code();
  }
}
