package io.salvor.it.watching;

import io.salvor.it.harness.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The rules of `docs/alerts.yml`, read by their regular form.
final class AlertRules {
  static final Path FILE = Places.root().resolve("docs").resolve("alerts.yml");

  private static final Pattern RULE = Pattern.compile("(?m)^ +- alert: ");
  private static final Pattern FIELD = Pattern.compile("^ +(?:- )?(\\w+): ?(.*)$");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(by|without|on|ignoring) \\([^)]*\\)");
  private static final Pattern SELECTOR =
      Pattern.compile("\\b(?!and\\b|or\\b|unless\\b)([a-z_]+\\b)(?! *\\()(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");

  private AlertRules() {}

  /// One rule.
  record Rule(String name, String expression, String summary, String description, String command) {
    /// What it asks for.
    List<Selector> selectors() {
      return SELECTOR
          .matcher(GROUPING.matcher(expression).replaceAll(""))
          .results()
          .map(it -> new Selector(it.group(1), matchers(it)))
          .toList();
    }

    private static List<LabelMatcher> matchers(MatchResult selector) {
      return selector.group(2) == null
          ? List.of()
          : MATCHER
              .matcher(selector.group(2))
              .results()
              .map(it -> new LabelMatcher(it.group(1), it.group(3)))
              .toList();
    }
  }

  /// A metric with its conditions.
  record Selector(String metric, List<LabelMatcher> labels) {}

  /// A condition on a label; several values are parted by `|`.
  record LabelMatcher(String label, String values) {
    Set<String> each() {
      return Set.of(values.split("\\|"));
    }
  }

  static List<Rule> read() {
    try {
      return RULE.splitAsStream(Files.readString(FILE)).skip(1).map(AlertRules::rule).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Rule rule(String block) {
    String name = block.lines().findFirst().orElseThrow();
    return new Rule(
        name,
        field(block, "expr"),
        field(block, "summary"),
        field(block, "description"),
        field(block, "command"));
  }

  /// A value, with the lines that go on with it.
  private static String field(String block, String name) {
    List<String> lines = block.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher field = FIELD.matcher(lines.get(i));
      if (field.matches() && field.group(1).equals(name)) {
        return field.group(2).startsWith(">")
            ? lines.stream()
                .skip(i + 1L)
                .takeWhile(it -> !FIELD.matcher(it).matches())
                .map(String::strip)
                .collect(Collectors.joining(" "))
            : field.group(2);
      }
    }
    return "";
  }

  /// Labels that are named in annotations as `{{ $labels.NAME }}`.
  static Set<String> labelsIn(String annotation) {
    return Pattern.compile("\\$labels\\.(\\w+)")
        .matcher(annotation)
        .results()
        .map(it -> it.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
