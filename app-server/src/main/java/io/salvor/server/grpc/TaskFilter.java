package io.salvor.server.grpc;

import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState;
import io.salvor.server.errors.Errors;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of AIP-160 that task lists understand: restrictions joined by AND.
///
/// @param states those wanted
/// @param word that the title must hold
record TaskFilter(
    Set<TaskState.Kind> states,
    Optional<String> agent,
    Optional<String> project,
    Optional<String> creator,
    Optional<String> word) {

  private static final Pattern RESTRICTION =
      Pattern.compile(
          "\\s*([a-z_]+)\\s*(!=|=|:)\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|\\([^)]*\\)|[^\\s()\"]+)\\s*(AND\\b|$)");

  /// Everything.
  static final TaskFilter ALL =
      new TaskFilter(
          EnumSet.allOf(TaskState.Kind.class),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  static TaskFilter parse(String text) {
    TaskFilter filter = ALL;
    Matcher matcher = RESTRICTION.matcher(text);
    int at = 0;
    while (at < text.length() && !text.substring(at).isBlank()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw bad(text, "cannot read it from '" + text.substring(at).strip() + "' on");
      }
      filter = filter.and(text, matcher.group(1), matcher.group(2), unquoted(matcher.group(3)));
      at = matcher.end();
    }
    return filter;
  }

  /// Whether the store can tell by itself which tasks match.
  boolean isStored() {
    return creator.isEmpty() && word.isEmpty();
  }

  /// Whether a task matches in what the store does not look at.
  boolean matchesRest(Task task) {
    return creator.stream().allMatch(task.createdBy().value()::equals)
        && word.stream()
            .allMatch(it ->
                task.spec().title().toLowerCase(Locale.ROOT).contains(it.toLowerCase(Locale.ROOT)));
  }

  private TaskFilter and(String text, String field, String operator, String value) {
    Optional<String> wanted = Optional.of(value);
    return switch (field + operator) {
      case "state=" -> with(only(text, value));
      case "state!=" -> with(EnumSet.complementOf(only(text, value)));
      case "agent=" -> new TaskFilter(states, wanted, project, creator, word);
      case "project=" -> new TaskFilter(states, agent, wanted, creator, word);
      case "creator=" -> new TaskFilter(states, agent, project, wanted, word);
      case "title:" -> new TaskFilter(states, agent, project, creator, wanted);
      default -> throw bad(text, "there is no " + field + operator);
    };
  }

  private TaskFilter with(EnumSet<TaskState.Kind> wanted) {
    wanted.retainAll(states);
    return new TaskFilter(wanted, agent, project, creator, word);
  }

  private static EnumSet<TaskState.Kind> only(String text, String value) {
    var wanted = EnumSet.noneOf(TaskState.Kind.class);
    String inner = value.startsWith("(") ? value.substring(1, value.length() - 1) : value;
    List<String> names = new ArrayList<>(List.of(inner.strip().split("\\s+OR\\s+", -1)));
    for (String name : names) {
      try {
        wanted.add(TaskState.Kind.valueOf(unquoted(name.strip())));
      } catch (IllegalArgumentException e) {
        throw bad(text, "there is no state " + name);
      }
    }
    return wanted;
  }

  private static String unquoted(String value) {
    return value.startsWith("\"")
        ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
        : value;
  }

  private static RuntimeException bad(String text, String why) {
    return Errors.invalid(
        "filter", why + " in '" + text + "'; say e.g. state=REVIEW AND agent=claude");
  }
}
