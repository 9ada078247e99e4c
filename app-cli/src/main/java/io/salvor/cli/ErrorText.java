package io.salvor.cli;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.text.Clean;
import java.io.PrintStream;

/// Tells a failure on standard error: what happened, why, and the command to try.
final class ErrorText {
  private final Context context;

  ErrorText(Context context) {
    this.context = context;
  }

  /// Tells it, and gives back the exit code.
  int tell(Failure failure) {
    return tell(failure, context.output());
  }

  /// The same in this form, where the command line may not have been read to its end.
  int tell(Failure failure, Output form) {
    context.out().flush();
    PrintStream err = context.err();
    if (form == Output.TEXT) {
      err.println("salvor: " + Clean.line(failure.what()));
      failure.why().forEach(line -> err.println("  " + Clean.line(line)));
      if (!failure.hint().isEmpty()) {
        err.println("try: " + Clean.line(failure.hint()));
      }
    } else {
      err.println("{\"error\": " + failure.json() + "}");
    }
    return failure.exit().code();
  }
}
