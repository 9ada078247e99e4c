package io.salvor.cli;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.text.Clean;
import java.io.PrintStream;
import java.util.stream.Collectors;

/// Tells a failure on standard error: what happened, why, and the command to try.
final class ErrorText {
  private final Context context;

  ErrorText(Context context) {
    this.context = context;
  }

  /// Tells it, and gives back the exit code.
  int tell(Failure failure) {
    context.out().flush();
    PrintStream err = context.err();
    if (context.output() == Output.TEXT) {
      err.println("salvor: " + Clean.line(failure.what()));
      failure.why().forEach(line -> err.println("  " + Clean.line(line)));
      if (!failure.hint().isEmpty()) {
        err.println("try: " + Clean.line(failure.hint()));
      }
    } else {
      err.println(json(failure));
    }
    return failure.exit().code();
  }

  private static String json(Failure failure) {
    String why = failure.why().stream().map(ErrorText::quoted).collect(Collectors.joining(", "));
    return "{\"error\": {\"reason\": "
        + quoted(failure.reason())
        + ", \"message\": "
        + quoted(failure.what())
        + ", \"details\": ["
        + why
        + "], \"hint\": "
        + quoted(failure.hint())
        + ", \"exitCode\": "
        + failure.exit().code()
        + "}}";
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    text.chars()
        .forEach(it -> {
          if (it == '"' || it == '\\') {
            quoted.append('\\').append((char) it);
          } else if (it < 0x20) {
            quoted.append(String.format("\\u%04x", it));
          } else {
            quoted.append((char) it);
          }
        });
    return quoted.append('"').toString();
  }
}
