package io.salvor.cli.session;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/// What may stand anywhere on the command line.
public final class GlobalOptions {
  /// How a result is written.
  public enum Output {
    TEXT,
    JSON,
    JSONL
  }

  private static final List<String> OUTPUT = List.of("-o", "--output", "--output-format");
  private static final Pattern WITH_OUTPUT = Pattern.compile("(?:-o=?|--output(?:-format)?=)(.+)");

  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  final Word<Output> output =
      option(
          String.join(" ", OUTPUT),
          "FORM",
          GlobalOptions::outputOf,
          "text (default), json (the API message in ProtoJSON) or jsonl (one a line; also"
              + " stream-json)");
  final Word<String> server =
      option(
          "--server",
          "HOST:PORT",
          Function.identity(),
          "speak to this server over TCP ($SALVOR_SERVER)");
  final Word<String> home =
      option(
          "--home",
          "DIR",
          Function.identity(),
          "the home directory ($SALVOR_HOME, default ~/.salvor)");

  public GlobalOptions() {
    var help = new Word<Boolean>();
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .type(boolean.class)
            .usageHelp(true)
            .scopeType(ScopeType.INHERIT)
            .description("show this help")
            .getter(help)
            .setter(help)
            .build());
  }

  /// As picocli knows it: the root of all commands.
  public CommandSpec spec() {
    return spec;
  }

  /// The form that these words ask for, as far as it shows before they are understood: to tell that
  /// they are not.
  public static Output outputIn(List<String> words) {
    for (int i = 0; i < words.size() && !words.get(i).equals("--"); i++) {
      Matcher together = WITH_OUTPUT.matcher(words.get(i));
      try {
        if (together.matches()) {
          return outputOf(together.group(1));
        }
        if (OUTPUT.contains(words.get(i)) && i + 1 < words.size()) {
          return outputOf(words.get(i + 1));
        }
      } catch (TypeConversionException another) {
        return Output.TEXT;
      }
    }
    return Output.TEXT;
  }

  private <T> Word<T> option(
      String names, String label, Function<String, T> reading, String description) {
    var word = new Word<T>();
    spec.addOption(
        OptionSpec.builder(names.split(" "))
            .type(String.class)
            .paramLabel(label)
            .scopeType(ScopeType.INHERIT)
            .converters(reading::apply)
            .description(description)
            .getter(word)
            .setter(word)
            .build());
    return word;
  }

  private static Output outputOf(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "text" -> Output.TEXT;
      case "json" -> Output.JSON;
      case "jsonl", "stream-json" -> Output.JSONL;
      default -> throw new TypeConversionException("'" + text + "' is none of text, json, jsonl");
    };
  }
}
