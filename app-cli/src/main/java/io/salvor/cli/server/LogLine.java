package io.salvor.cli.server;

import io.salvor.cli.text.Clean;
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

  /// Time, level, last part of the logger, message, and what it is about; the line itself where it
  /// is no JSON.
  static String readable(String line, ZoneId zone) {
    try {
      JsonNode json = JSON.readTree(line);
      return json.isObject() ? readable(json, zone) : Clean.line(line);
    } catch (JacksonException notJson) {
      return Clean.line(line);
    }
  }

  private static String readable(JsonNode json, ZoneId zone) {
    var text = new StringBuilder();
    text.append(time(field(json, "time").orElse(""), zone));
    text.append(' ').append(field(json, "level").orElse("-"));
    String logger = field(json, "logger_name").orElse("");
    text.append(' ').append(logger.substring(logger.lastIndexOf('.') + 1)).append(": ");
    text.append(Clean.line(field(json, "message").orElse("")));
    for (String about : new String[] {"actor", "thread", "record", "attempt"}) {
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
