package io.salvor.domain.workspace;

import java.util.Optional;

/// A repository that tasks work on, as seen when a task was added.
///
/// @param root absolute path of the main checkout, or of the repository itself where it is bare
/// @param target branch that work is merged into unless the task names another: the branch checked
///   out in `root`; empty where HEAD is detached
/// @param highestTaskNumber the greatest number of any `task/TASK-n` branch and
///   `refs/salvor/TASK-n` here; 0 for none
public record Project(String root, Optional<String> target, long highestTaskNumber) {}
