package io.salvor.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `docs/cli.md`: every command with what it takes, from what the parser knows.
final class CliPage {
  private static final String INTRODUCTION =
      """
      <!-- Made from the command line's own model by docs/regenerate.sh; changes made here are lost. -->
      # The command line

      `salvor COMMAND --help` says the same. What stands for a task may be `TASK-0001`, `1`, its UUID or `tasks/...`. How a command
      ends is said in [errors.md](errors.md#exit-codes), and what may stand in the environment in [config.md](config.md).

      """;

  private final CommandLine whole;
  private final StringBuilder page = new StringBuilder(INTRODUCTION);

  CliPage(CommandLine whole) {
    this.whole = whole;
  }

  String text() {
    page.append("## With every command\n\n");
    words(options(whole.getCommandSpec()));
    commands(whole);
    return page.toString().stripTrailing() + "\n";
  }

  private void commands(CommandLine group) {
    for (Map.Entry<String, CommandLine> it : group.getSubcommands().entrySet()) {
      if (it.getValue().getSubcommands().isEmpty()) {
        command(it.getValue());
      } else {
        commands(it.getValue());
      }
    }
  }

  private void command(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    page.append("## ").append(spec.qualifiedName(" ")).append("\n\n");
    page.append(String.join(" ", spec.usageMessage().description())).append("\n\n");
    page.append("```\n").append(synopsis(spec)).append("\n```\n\n");
    words(all(spec));
    String[] footer = spec.usageMessage().footer();
    if (footer.length > 0) {
      page.append("```\n").append(String.join("\n", footer).strip()).append("\n```\n\n");
    }
  }

  private static String synopsis(CommandSpec spec) {
    var synopsis = new StringBuilder(spec.qualifiedName(" "));
    if (!options(spec).isEmpty()) {
      synopsis.append(" [OPTIONS]");
    }
    for (PositionalParamSpec word : spec.positionalParameters()) {
      String label = word.paramLabel() + (word.arity().isVariable() ? "..." : "");
      synopsis.append(' ').append(word.arity().min() > 0 ? label : "[" + label + "]");
    }
    return synopsis.toString();
  }

  private static List<ArgSpec> all(CommandSpec spec) {
    return Stream.concat(
            spec.positionalParameters().stream().map(ArgSpec.class::cast), options(spec).stream())
        .toList();
  }

  private static List<ArgSpec> options(CommandSpec spec) {
    return spec.options().stream()
        .filter(it -> !it.inherited() && !it.hidden())
        .map(ArgSpec.class::cast)
        .toList();
  }

  private void words(List<ArgSpec> words) {
    if (words.isEmpty()) {
      return;
    }
    page.append("| | |\n|---|---|\n");
    for (ArgSpec word : words) {
      page.append(
          "| %s | %s |\n"
              .formatted(name(word), String.join(" ", word.description()).replace("|", "\\|")));
    }
    page.append('\n');
  }

  private static String name(ArgSpec word) {
    return switch (word) {
      case PositionalParamSpec position -> "`" + position.paramLabel() + "`";
      case OptionSpec option -> {
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        yield Arrays.stream(option.names())
            .map(it -> "`" + it + (it.equals(option.longestName()) ? value : "") + "`")
            .collect(Collectors.joining(", "));
      }
      default -> throw new IllegalStateException("neither option nor position: " + word);
    };
  }
}
