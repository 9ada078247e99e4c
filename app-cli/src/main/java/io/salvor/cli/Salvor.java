package io.salvor.cli;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.GlobalOptions;
import io.salvor.cli.session.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Runs one command line from beginning to end.
public final class Salvor {
  private static final Set<String> VERSION = Set.of("-V", "--version");

  private final Surroundings surroundings;

  public Salvor(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// Runs the command; the number is one of [ExitCode].
  public int run(String... arguments) {
    var options = new GlobalOptions();
    try (var context = new Context(surroundings, options)) {
      int exit = run(context, options, arguments);
      surroundings.out().flush();
      return surroundings.out().lost().map(why -> tellLost(context, why, exit)).orElse(exit);
    } finally {
      surroundings.err().flush();
    }
  }

  private int run(Context context, GlobalOptions options, String... arguments) {
    if (arguments.length > 0 && arguments[0].equals("__complete")) {
      return complete(context, options, List.of(arguments).subList(1, arguments.length));
    }
    List<String> words = asCommand(arguments);
    CommandLine line = new CommandTree(context).lineFor(options, words);
    var errors = new ErrorText(context);
    line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(Help.defaultColorScheme(surroundings.colour() ? Ansi.ON : Ansi.OFF));

    line.setParameterExceptionHandler(
        (unfit, _) -> errors.tell(misuse(unfit), GlobalOptions.outputIn(words)));
    line.setExecutionExceptionHandler((failed, _, _) -> errors.tell(asFailure(failed)));
    return line.execute(words.toArray(String[]::new));
  }

  /// A result that nobody got is none; a failure stays what it was.
  private static int tellLost(Context context, IOException why, int exit) {
    int told =
        new ErrorText(context)
            .tell(
                new Failure(
                    ExitCode.FAILURE,
                    "OUTPUT_LOST",
                    "cannot write the output: " + why.getMessage(),
                    ""));
    return exit == ExitCode.OK.code() ? told : exit;
  }

  /// For shells: a line for each word that may come next, with a tab before what it means.
  private static int complete(Context context, GlobalOptions options, List<String> typed) {
    new Completer(context, options).after(typed).forEach(it -> context.out().println(it.line()));
    return ExitCode.OK.code();
  }

  /// `salvor help task add` is `salvor task add --help`, and `salvor --version` is `salvor
  /// version`.
  private static List<String> asCommand(String... arguments) {
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    if (words.isEmpty() || words.equals(List.of("help"))) {
      return List.of("--help");
    }
    if (words.getFirst().equals("help")) {
      words.removeFirst();
      words.add("--help");
    } else if (!CommandTree.isNamedIn(words)) {
      words.replaceAll(word -> VERSION.contains(word) ? "version" : word);
    }
    return words;
  }

  private static Failure misuse(ParameterException unfit) {
    List<String> why = new ArrayList<>();
    if (unfit instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        why.add("perhaps you mean: " + String.join(", ", near));
      }
    }
    String command = unfit.getCommandLine().getCommandSpec().qualifiedName(" ");
    String said = unfit.getMessage() == null ? "not understood" : unfit.getMessage();
    return new Failure(ExitCode.USAGE, "USAGE", said, why, command + " --help");
  }

  private Failure asFailure(Exception failed) {
    if (failed instanceof Failure failure) {
      return failure;
    }
    if (failed instanceof InterruptedException) {
      return new Failure(ExitCode.CANCELLED, "INTERRUPTED", "ended by a signal", "");
    }
    if (surroundings.variable("SALVOR_DEBUG").isPresent()) {
      failed.printStackTrace(surroundings.err());
    }
    String said = failed.getMessage() == null ? "" : ": " + failed.getMessage();
    return new Failure(
        ExitCode.FAILURE,
        "UNEXPECTED",
        failed.getClass().getSimpleName() + said,
        "SALVOR_DEBUG=1 and the same command, for the whole story");
  }
}
