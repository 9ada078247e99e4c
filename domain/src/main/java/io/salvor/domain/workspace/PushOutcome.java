package io.salvor.domain.workspace;

/// How a push went.
public sealed interface PushOutcome {
  /// The remote has the commit in that branch.
  record Pushed() implements PushOutcome {}

  /// It has not; nothing was changed there.
  ///
  /// @param detail git's words, without secrets
  record Refused(String detail) implements PushOutcome {}
}
