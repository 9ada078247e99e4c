package io.salvor.domain.task;

import java.util.List;
import java.util.Optional;

/// Under what a task is filed.
///
/// @param labels words to find it by, in their order, each once
/// @param domain the field of competence that the work belongs to, such as `code` or `docs`; kept
///   with the verdict on it, unless that names another
public record Filing(Priority priority, List<String> labels, Optional<String> domain) {

  /// Nothing said.
  public static final Filing NONE = new Filing(Priority.MEDIUM, List.of(), Optional.empty());

  public Filing {
    labels = labels.stream().sorted().distinct().toList();
  }
}
