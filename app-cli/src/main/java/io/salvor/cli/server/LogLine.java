package io.salvor.cli.server;

import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Paint;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A line of the server's log as a person reads it.
final class LogLine {
  private static final DateTimeFormatter AT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

  private static final JsonMapper JSON = new JsonMapper();

  private LogLine() {}

  /// The line as it was written; empty where it is no JSON.
  static Optional<JsonNode> json(String line) {
    try {
      return Optional.of(JSON.readTree(line)).filter(JsonNode::isObject);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  /// Time, level, last part of the logger, message, and what it is about; the line itself where it
  /// is no JSON.
  static String readable(String line, ZoneId zone, Paint paint) {
    return json(line).map(it -> readable(it, zone, paint)).orElseGet(() -> Clean.line(line));
  }

  private static String readable(JsonNode json, ZoneId zone, Paint paint) {
    var text = new StringBuilder();
    text.append(time(field(json, "time").orElse(""), zone));
    String level = field(json, "level").orElse("-");
    text.append(' ').append(paint.level(level, Clean.line(level)));
    String logger = field(json, "logger_name").orElse("");
    text.append(' ').append(Clean.line(logger.substring(logger.lastIndexOf('.') + 1)));
    text.append(": ").append(Clean.line(field(json, "message").orElse("")));
    for (String about : new String[] {"actor", "task", "attempt"}) {
      field(json, about)
          .filter(value -> !value.isEmpty())
          .ifPresent(
              value -> text.append("  ").append(about).append('=').append(Clean.line(value)));
    }
    field(json, "stack_trace")
        .ifPresent(
            trace -> trace.lines().forEach(it -> text.append("\n    ").append(Clean.line(it))));
    return text.toString();
  }

  private static Optional<String> field(JsonNode json, String name) {
    JsonNode value = json.get(name);
    return value == null || !value.isValueNode() || value.isNull()
        ? Optional.empty()
        : Optional.of(value.asString());
  }

  private static String time(String said, ZoneId zone) {
    try {
      Instant at = OffsetDateTime.parse(said).toInstant();
      return AT.format(at.atZone(zone));
    } catch (DateTimeParseException other) {
      return Clean.line(said);
    }
  }
}
