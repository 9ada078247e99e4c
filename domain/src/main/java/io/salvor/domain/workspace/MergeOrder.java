package io.salvor.domain.workspace;

import io.salvor.domain.id.DisplayId;
import java.util.Optional;

/// Which commit to bring into which branch.
///
/// @param commit full hash that was approved; the task branch must still point at it
/// @param target branch name without `refs/heads/`
/// @param message of the merge commit, where one is needed
/// @param onto tip of the target on which the result was tried; empty for any
/// @param unchecked whether nobody knows that the gates pass on the commit, so that it has to be
///   tried also where the target has not moved
public record MergeOrder(
    String projectRoot,
    DisplayId display,
    String branch,
    String commit,
    String target,
    String message,
    Optional<String> onto,
    boolean unchecked) {

  /// Onto whatever the target is.
  public MergeOrder(
      String projectRoot,
      DisplayId display,
      String branch,
      String commit,
      String target,
      String message) {
    this(projectRoot, display, branch, commit, target, message, Optional.empty(), false);
  }

  /// The same, onto this tip of the target alone.
  public MergeOrder onto(String tip) {
    return new MergeOrder(
        projectRoot, display, branch, commit, target, message, Optional.of(tip), unchecked);
  }

  /// The same for a commit on which no gates are known to pass.
  public MergeOrder asUnchecked() {
    return new MergeOrder(projectRoot, display, branch, commit, target, message, onto, true);
  }
}
