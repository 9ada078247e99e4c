package io.salvor.cli.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Shows what is about to be done and asks once, where there is somebody to answer.
public final class Confirmation {
  private static final int SHOWN = 20;

  private final Context context;

  public Confirmation(Context context) {
    this.context = context;
  }

  /// Returns where the answer is yes; throws [Failure] where it is no, or where nobody can be
  /// asked.
  ///
  /// @param question without its question mark: `Cancel these 3 tasks`
  /// @param lines what it is about, one each
  public void ask(String question, List<String> lines) throws IOException {
    List<String> shown = shown(lines);
    Surroundings here = context.surroundings();
    if (!here.inIsTerminal() || !here.errIsTerminal()) {
      throw new Failure(
          ExitCode.USAGE,
          "CONFIRMATION_NEEDED",
          question + "? There is no terminal to ask at",
          shown,
          "the same command with --yes");
    }
    PrintStream err = context.err();
    shown.forEach(err::println);
    err.print(question + "? [y/N] ");
    err.flush();
    if (!isYes(here)) {
      throw new Failure(ExitCode.FAILURE, "NOT_CONFIRMED", "nothing was done", "");
    }
  }

  private static List<String> shown(List<String> lines) {
    if (lines.size() <= SHOWN) {
      return lines;
    }
    var some = new java.util.ArrayList<>(lines.subList(0, SHOWN));
    some.add("... and " + (lines.size() - SHOWN) + " more");
    return some;
  }

  private static boolean isYes(Surroundings here) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(here.in(), StandardCharsets.UTF_8));
    String answer = reader.readLine();
    return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
  }
}
