package io.salvor.cli;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A call of `salvor` in a document.
///
/// @param line as it stands there
/// @param words after `salvor`
record DocumentedCommand(String line, List<String> words) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:sh)?\\n(.*?)^```$");
  private static final Pattern SPAN = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern VALUE = Pattern.compile("(?m)^ *command: (.*)$");

  /// From where a call begins to where the shell reads something else.
  private static final Pattern CALL =
      Pattern.compile(
          "(?:^|[;&|(] *|\\$ )(?:\\w+=\\S+ +)*(?:\\./)?salvor((?: +(?!\\d>)(?:\"[^\"]*\"|'[^']*'|[^\\s;&|<>()#\"'])+)*)");

  private static final Pattern WORD = Pattern.compile("(?:\"([^\"]*)\"|'([^']*)'|[^\\s\"'])+");

  /// What Prometheus puts a value for.
  private static final Pattern TEMPLATE = Pattern.compile("\\{\\{.*?}}");

  static List<DocumentedCommand> in(String document) {
    String text = TEMPLATE.matcher(document).replaceAll("VALUE");
    Stream<String> lines = BLOCK.matcher(text).results().flatMap(it -> it.group(1).lines());
    String prose = BLOCK.matcher(text).replaceAll("");
    Stream<String> spans = SPAN.matcher(prose).results().map(it -> it.group(1));
    Stream<String> values = VALUE.matcher(text).results().map(it -> it.group(1));
    return Stream.of(lines, spans, values)
        .flatMap(it -> it)
        .flatMap(line -> CALL.matcher(line).results().map(call -> of(line, call)))
        .filter(it -> !it.words().isEmpty())
        .toList();
  }

  private static DocumentedCommand of(String line, MatchResult call) {
    return new DocumentedCommand(
        line,
        WORD.matcher(call.group(1))
            .results()
            .map(it -> it.group().replaceAll("[\"'\\[\\]]", ""))
            .toList());
  }
}
