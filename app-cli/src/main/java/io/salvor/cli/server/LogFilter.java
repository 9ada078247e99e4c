package io.salvor.cli.server;

import io.salvor.cli.session.Word;
import io.salvor.cli.session.Words;
import io.salvor.cli.text.Moments;
import io.salvor.cli.text.TaskNames;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Which lines of the log are wanted.
final class LogFilter {
  private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

  private final Word<String> task;
  private final Word<String> attempt;
  private final Word<String> thread;
  private final Word<String> actor;
  private final Word<String> level;
  private final Word<Instant> since;

  LogFilter(Words words, InstantSource clock) {
    task = words.option("--task", "TASK", TaskNames::parse, "only what is about this task");
    attempt =
        words.option(
            "--attempt",
            "N",
            LogFilter::attempt,
            "only what is about this attempt: 2, TASK-0001/2");
    thread =
        words.option(
            "--thread", "THREAD", TaskNames::parseThread, "the same by thread: TASK-0001/2");
    actor = words.option("--actor", "ACTOR", "only what this one caused: user:ann");
    level = words.option("--level", "LEVEL", LogFilter::level, "only this level and those above");
    since =
        words.option(
            "--since",
            "TIME",
            text -> Moments.parse(text, clock),
            "only what came since: 10m, 2h, 2026-01-31T12:00:00Z");
  }

  private static String attempt(String text) {
    return text.matches("[1-9]\\d{0,8}") ? "/attempts/" + text : TaskNames.parseThread(text);
  }

  private static String level(String text) {
    String level = text.toUpperCase(Locale.ROOT);
    if (!LEVELS.contains(level)) {
      throw new IllegalArgumentException("'" + text + "' is none of error, warn, info, debug");
    }
    return level;
  }

  /// Whether nothing is left out.
  boolean isOpen() {
    return task.said().isEmpty()
        && attempt.said().isEmpty()
        && thread.said().isEmpty()
        && actor.said().isEmpty()
        && level.said().isEmpty()
        && since.said().isEmpty();
  }

  /// Whether a line is wanted; one that is no JSON tells nothing about itself.
  boolean wants(Optional<JsonNode> line) {
    return line.map(this::wants).orElseGet(this::isOpen);
  }

  private boolean wants(JsonNode line) {
    return task.said().stream().allMatch(it -> isAbout(line, it))
        && attempt.said().stream().allMatch(it -> isAbout(line, it))
        && thread.said().stream().allMatch(it -> isAbout(line, it))
        && actor.said().stream().allMatch(it -> text(line, "actor").equals(it))
        && level.said().stream().allMatch(it -> isAtLeast(line, it))
        && since.said().stream().allMatch(it -> isSince(line, it));
  }

  /// @param name `tasks/TASK-0001`, the same with a UUID, one of their attempts, or an attempt of
  ///   whatever task
  private static boolean isAbout(JsonNode line, String name) {
    int at = name.indexOf("/attempts/");
    String ofTask = at < 0 ? name : name.substring(0, at);
    boolean sameTask =
        ofTask.isEmpty()
            || ofTask.equals("tasks/" + text(line, "task"))
            || ofTask.equals(text(line, "thread"));
    return sameTask
        && (at < 0 || name.substring(at + "/attempts/".length()).equals(text(line, "attempt")));
  }

  private static boolean isAtLeast(JsonNode line, String wanted) {
    return LEVELS.indexOf(text(line, "level")) >= LEVELS.indexOf(wanted);
  }

  private static boolean isSince(JsonNode line, Instant wanted) {
    try {
      return !OffsetDateTime.parse(text(line, "time")).toInstant().isBefore(wanted);
    } catch (DateTimeParseException none) {
      return false;
    }
  }

  private static String text(JsonNode line, String field) {
    JsonNode value = line.get(field);
    return value == null || !value.isValueNode() || value.isNull() ? "" : value.asString();
  }
}
