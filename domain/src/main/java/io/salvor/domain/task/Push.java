package io.salvor.domain.task;

/// What is to become of the target in another repository, once the work is in it.
///
/// @param remote as the project's configuration names it
public record Push(String remote, Progress progress) {

  /// How far it is.
  public sealed interface Progress {
    /// Intended; nothing is known of it.
    record Pending() implements Progress {}

    /// The remote has it.
    record Done() implements Progress {}

    /// The remote has it not; the work stays merged.
    ///
    /// @param detail git's words
    record Failed(String detail) implements Progress {}
  }

  /// Whether nothing is known of it yet.
  boolean isPending() {
    return progress instanceof Progress.Pending;
  }

  Push after(Progress known) {
    return new Push(remote, known);
  }
}
