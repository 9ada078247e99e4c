package io.salvor.git;

/// Named instants right after a change, so that a test can stop there as a crash would.
interface Steps {
  /// Nobody watches.
  Steps UNWATCHED = _ -> {};

  /// `step` is done and can be seen by others.
  void passed(String step);
}
