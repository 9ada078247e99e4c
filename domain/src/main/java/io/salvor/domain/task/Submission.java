package io.salvor.domain.task;

import java.util.Optional;

/// What was said of work when it came to review.
///
/// @param summary for the reviewer; may be empty
/// @param domain the field of competence that it was said to belong to; empty where that is the
///   task's own
public record Submission(String summary, Optional<String> domain) {
  /// Nothing said.
  public static final Submission NONE = new Submission("", Optional.empty());
}
