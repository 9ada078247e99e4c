package io.salvor.it.docs;

import io.grpc.Status;
import io.salvor.cli.session.ExitCode;
import io.salvor.server.errors.Errors;
import io.salvor.v1.ErrorReason;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `docs/errors.md`: every reason for which a call is refused, from the comments of the proto and
/// from the tables of the server and of the command line.
final class ErrorsPage {
  static final String ENUM = "ErrorReason.Code";

  private static final Pattern COMMENT =
      Pattern.compile("([A-Z_]+)\\. (.*?)\n\nWhy: (.*?)\n\nMend: (.*)", Pattern.DOTALL);

  private ErrorsPage() {}

  /// A reason, as its comment tells it.
  ///
  /// @param says the status that the comment names
  record Reason(ErrorReason.Code code, Status.Code says, String what, String why, String mend) {
    Status.Code status() {
      return Errors.failure(code, "", "").getStatus().getCode();
    }

    ExitCode exit() {
      return ExitCode.of(status(), code.name());
    }
  }

  static List<Reason> reasons(Protoset api) {
    return api.enumeration(ENUM).orElseThrow().values().stream()
        .filter(it -> !it.name().equals("CODE_UNSPECIFIED"))
        .map(ErrorsPage::reason)
        .toList();
  }

  private static Reason reason(Protoset.Value value) {
    Matcher comment = COMMENT.matcher(value.comment());
    if (!comment.matches()) {
      throw new AssertionError(
          value.name()
              + " needs a comment of the form: STATUS. What happened. / Why: ... / Mend: `command`;"
              + " see its neighbours in error_reason.proto");
    }
    return new Reason(
        ErrorReason.Code.valueOf(value.name()),
        Status.Code.valueOf(comment.group(1)),
        comment.group(2),
        comment.group(3),
        comment.group(4));
  }

  static String text(Protoset api) {
    var page = new StringBuilder(Page.madeFrom("error_reason.proto, Errors and ExitCode"));
    page.append(
        """
        # Errors

        A call that is refused ends with a gRPC status that has a `google.rpc.ErrorInfo`: domain `salvor.dev`, one of these reasons,
        and in its metadata `hint`, the command that mends it in this very case. The command line prints all three and ends with
        the exit code; with `-o json` they are fields of an object on standard error.

        | reason | what happened, and why | what mends it | gRPC | exit |
        |---|---|---|---|---|
        """);
    for (Reason it : reasons(api)) {
      page.append(
          "| `%s` | %s %s | %s | %s | %d |\n"
              .formatted(
                  it.code().name(),
                  Page.cell(it.what()),
                  Page.cell(capital(it.why())),
                  Page.cell(it.mend()),
                  it.status().name(),
                  it.exit().code()));
    }
    page.append(
        "\n## Exit codes\n\nEqual in every output format.\n\n| code | means |\n|---|---|\n");
    for (ExitCode exit : ExitCode.values()) {
      page.append("| %d | %s |\n".formatted(exit.code(), Page.cell(exit.meaning())));
    }
    return page.toString();
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
