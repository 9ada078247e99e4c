package io.salvor.domain.event;

/// How bad something is, from the least to the worst.
public enum Severity {
  /// Things go as they should.
  INFO,
  /// Something did not go as it should, or is about to.
  WARNING,
  /// A task does not go on, or something was not done.
  ERROR,
  /// It is about more than one task: nothing begins any more, or records are missing.
  CRITICAL;

  /// Whether it is as bad as the other, or worse.
  public boolean isAtLeast(Severity other) {
    return compareTo(other) >= 0;
  }
}
