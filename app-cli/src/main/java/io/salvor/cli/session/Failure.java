package io.salvor.cli.session;

import java.util.List;
import java.util.stream.Collectors;

/// A command that comes to nothing, as it is told to people and programs.
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exit;
  private final String reason;
  private final List<String> why;
  private final String hint;

  /// @param reason for programs, `UPPER_SNAKE`
  /// @param what happened, in one sentence without a full stop
  /// @param why more lines, if any
  /// @param hint the command that mends it; may be empty
  public Failure(ExitCode exit, String reason, String what, List<String> why, String hint) {
    super(what);
    this.exit = exit;
    this.reason = reason;
    this.why = List.copyOf(why);
    this.hint = hint;
  }

  /// A failure that needs no more lines.
  public Failure(ExitCode exit, String reason, String what, String hint) {
    this(exit, reason, what, List.of(), hint);
  }

  /// The command line is not as it should be.
  public static Failure misuse(String what, String hint) {
    return new Failure(ExitCode.USAGE, "USAGE", what, hint);
  }

  /// How the command ends.
  public ExitCode exit() {
    return exit;
  }

  /// For programs.
  public String reason() {
    return reason;
  }

  /// What happened.
  public String what() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /// More lines.
  public List<String> why() {
    return why;
  }

  /// The command that mends it; may be empty.
  public String hint() {
    return hint;
  }

  /// As programs read it: reason, message, details, hint and exit code.
  public String json() {
    String lines = why.stream().map(Failure::quoted).collect(Collectors.joining(", "));
    return "{\"reason\": "
        + quoted(reason)
        + ", \"message\": "
        + quoted(what())
        + ", \"details\": ["
        + lines
        + "], \"hint\": "
        + quoted(hint)
        + ", \"exitCode\": "
        + exit.code()
        + "}";
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
