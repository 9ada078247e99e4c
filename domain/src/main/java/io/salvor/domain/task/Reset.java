package io.salvor.domain.task;

/// That a workspace is to go back to its base, as far as that is.
///
/// @param number it takes a number of its own among the attempts: what was there is kept under the
///   one before
/// @param commits that are kept
/// @param files without a commit that are kept
public record Reset(int number, int commits, int files, Progress progress) {

  /// How far it is.
  public sealed interface Progress {
    /// It is about to be done.
    record Pending() implements Progress {}

    /// The workspace is at the base.
    record Done() implements Progress {}

    /// The workspace is as it was.
    record Refused(String detail) implements Progress {}
  }

  /// The same, further on.
  Reset after(Progress known) {
    return new Reset(number, commits, files, known);
  }

  /// Where the earlier work is kept, below `refs/salvor/<TASK>/`.
  public int keptUnder() {
    return number - 1;
  }
}
