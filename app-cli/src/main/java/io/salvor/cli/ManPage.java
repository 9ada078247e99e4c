package io.salvor.cli;

import io.salvor.cli.session.ExitCode;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A command's page for `man`, in the macros of man(7).
final class ManPage {
  private final List<String> path;
  private final CommandSpec spec;
  private final String version;
  private final StringBuilder text = new StringBuilder();

  /// @param path the words that call it, `salvor` not among them; none for the page of all
  ManPage(List<String> path, CommandSpec spec, String version) {
    this.path = path;
    this.spec = spec;
    this.version = version;
  }

  /// The name of its file: `salvor-task-add.1`.
  String file() {
    return name() + ".1";
  }

  private String name() {
    return path.isEmpty() ? "salvor" : "salvor-" + String.join("-", path);
  }

  /// The page.
  String roff() {
    String summary = String.join(" ", spec.usageMessage().description());
    macro("TH", name().toUpperCase(java.util.Locale.ROOT), "1", "", "salvor " + version, "Salvor");
    text.append(".ad l\n");
    macro("SH", "NAME");
    line(name() + " - " + summary.replaceFirst("\\.$", ""));
    macro("SH", "SYNOPSIS");
    synopsis();
    macro("SH", "DESCRIPTION");
    line(summary);
    commands();
    positionals();
    options();
    examples();
    if (path.isEmpty()) {
      exitCodes();
    }
    macro("SH", "SEE ALSO");
    line(path.isEmpty() ? "salvor help COMMAND" : seeAlso());
    return text.toString();
  }

  private void synopsis() {
    macro("B", "salvor " + String.join(" ", path));
    line("[OPTIONS]" + (spec.subcommands().isEmpty() ? "" : " COMMAND") + words());
  }

  private String words() {
    return spec.positionalParameters().stream()
        .map(it -> " " + (it.arity().min() > 0 ? it.paramLabel() : "[" + it.paramLabel() + "]"))
        .collect(Collectors.joining());
  }

  private void commands() {
    if (!spec.subcommands().isEmpty()) {
      macro("SH", "COMMANDS");
      spec.subcommands()
          .forEach((name, command) ->
              item(name, String.join(" ", command.getCommandSpec().usageMessage().description())));
    }
  }

  private void positionals() {
    if (!spec.positionalParameters().isEmpty()) {
      macro("SH", "ARGUMENTS");
      for (PositionalParamSpec word : spec.positionalParameters()) {
        item(word.paramLabel(), String.join(" ", word.description()));
      }
    }
  }

  private void options() {
    macro("SH", "OPTIONS");
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        String value = option.arity().max() > 0 ? " " + option.paramLabel() : "";
        item(String.join(", ", option.names()) + value, String.join(" ", option.description()));
      }
    }
  }

  private void examples() {
    List<Examples.Example> examples = Examples.of(String.join(" ", path));
    if (!examples.isEmpty()) {
      macro("SH", "EXAMPLES");
      examples.forEach(it -> item(it.line(), it.what()));
    }
  }

  private void exitCodes() {
    macro("SH", "EXIT STATUS");
    for (ExitCode exit : ExitCode.values()) {
      item(Integer.toString(exit.code()), exit.meaning());
    }
  }

  private String seeAlso() {
    String group = path.size() > 1 ? "salvor-" + path.getFirst() + "(1), " : "";
    return group + "salvor(1)";
  }

  private void item(String head, String body) {
    text.append(".TP\n.B ").append(quoted(head)).append('\n');
    line(body);
  }

  private void macro(String name, String... arguments) {
    text.append('.').append(name);
    for (String argument : arguments) {
      text.append(' ').append(quoted(argument));
    }
    text.append('\n');
  }

  private static String quoted(String argument) {
    return '"' + escaped(argument).replace("\"", "\\(dq") + '"';
  }

  private void line(String words) {
    String safe = escaped(words);
    text.append(safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe).append('\n');
  }

  /// A hyphen must stay one that can be typed.
  private static String escaped(String words) {
    return words.replace("\\", "\\e").replace("-", "\\-");
  }
}
