package io.salvor.cli.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The ways in which a person may name a task.
public final class TaskNames {
  private static final Pattern DISPLAY = Pattern.compile("(?:TASK-)?0*([1-9]\\d{0,14})");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern ATTEMPT = Pattern.compile("(.+?)(?:/attempts)?/([1-9]\\d{0,8}|-)");

  private TaskNames() {}

  /// The resource name of `TASK-0001`, `task-1`, `1`, a UUID or `tasks/...`; throws
  /// IllegalArgumentException on anything else.
  public static String parse(String text) {
    String id = text.startsWith("tasks/") ? text.substring("tasks/".length()) : text;
    Matcher display = DISPLAY.matcher(id.toUpperCase(Locale.ROOT));
    if (display.matches()) {
      String digits = display.group(1);
      return "tasks/TASK-" + "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }
    String lower = id.toLowerCase(Locale.ROOT);
    if (UUID.matcher(lower).matches()) {
      return "tasks/" + lower;
    }
    throw new IllegalArgumentException("'" + text + "' names no task; TASK-0001 does");
  }

  /// The resource name of a task as above, or of an attempt: `TASK-0001/2`, `tasks/.../attempts/2`;
  /// or `instance`.
  public static String parseThread(String text) {
    if (text.equals("instance")) {
      return text;
    }
    String id = text.startsWith("tasks/") ? text.substring("tasks/".length()) : text;
    Matcher attempt = ATTEMPT.matcher(id);
    return attempt.matches()
        ? parse(attempt.group(1)) + "/attempts/" + attempt.group(2)
        : parse(id);
  }
}
