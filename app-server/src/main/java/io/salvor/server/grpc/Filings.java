package io.salvor.server.grpc;

import io.salvor.domain.task.Filing;
import io.salvor.domain.task.Priority;
import io.salvor.server.errors.Errors;
import io.salvor.v1.Task;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Under what a task is filed, read from requests and written into messages.
final class Filings {
  private static final int MOST = 32;
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:=-]{0,62}");

  private Filings() {}

  static Filing of(Task wanted) {
    return new Filing(
        priority(wanted.getPriority()),
        labels(wanted.getLabelsList()),
        domain("task.domain", wanted.getDomain()));
  }

  static Priority priority(Task.Priority wanted) {
    return switch (wanted) {
      case LOW -> Priority.LOW;
      case MEDIUM, PRIORITY_UNSPECIFIED -> Priority.MEDIUM;
      case HIGH -> Priority.HIGH;
      case CRITICAL -> Priority.CRITICAL;
      case UNRECOGNIZED -> throw Errors.invalid("task.priority", "there is no such priority");
    };
  }

  static List<String> labels(List<String> wanted) {
    for (String label : wanted) {
      if (!WORD.matcher(label).matches()) {
        throw Errors.invalid("task.labels", "'" + label + "' is no label");
      }
    }
    if (wanted.size() > MOST) {
      throw Errors.invalid("task.labels", "at most " + MOST + " labels");
    }
    return wanted;
  }

  /// @param field whose it is, for who gets it wrong
  static Optional<String> domain(String field, String wanted) {
    if (!wanted.isEmpty() && !WORD.matcher(wanted).matches()) {
      throw Errors.invalid(field, "'" + wanted + "' is no field of competence; `code` is one");
    }
    return wanted.isEmpty() ? Optional.empty() : Optional.of(wanted);
  }

  static Task.Priority message(Priority priority) {
    return Task.Priority.valueOf(priority.name());
  }
}
