package io.salvor.domain.workspace;

import java.util.Optional;

/// A repository that tasks work on, as seen when a task was added.
///
/// @param root absolute path of the main checkout, or of the repository itself where it is bare
/// @param target branch that work is merged into unless the task names another: the branch checked
///   out where the person stands; empty where HEAD is detached
/// @param base where the person stands in a linked worktree of his own, its branch: what work
///   starts from unless the task names something else
/// @param highestTaskNumber the greatest number of any `task/TASK-n` branch and
///   `refs/salvor/TASK-n` here; 0 for none
public record Project(
    String root, Optional<String> target, Optional<String> base, long highestTaskNumber) {

  /// One where the person stands in the main checkout.
  public Project(String root, Optional<String> target, long highestTaskNumber) {
    this(root, target, Optional.empty(), highestTaskNumber);
  }
}
