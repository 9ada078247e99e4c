package io.salvor.domain.workspace;

import java.util.Optional;

/// What a workspace holds at one moment.
///
/// @param present whether the directory is there and is the registered worktree
/// @param head full hash of the task branch's tip; empty where the branch is gone
/// @param commitsAhead commits on the branch that are not in its base
/// @param uncommittedFiles changed, staged, deleted and untracked files that are not ignored; where
///   the directory is gone, those of the snapshot
/// @param snapshot commit under `refs/salvor/` that holds the uncommitted files, where there were
///   any
/// @param elsewhere the branch or commit on which the workspace stands though it does not go on
///   from the task's branch; only [Workspaces#snapshot] tells
public record WorkspaceSummary(
    boolean present,
    Optional<String> head,
    int commitsAhead,
    int uncommittedFiles,
    Optional<String> snapshot,
    Optional<String> elsewhere) {

  /// Nothing is known or there: before the first workspace of a task.
  public static final WorkspaceSummary NONE =
      new WorkspaceSummary(false, Optional.empty(), 0, 0, Optional.empty());

  /// On its branch.
  public WorkspaceSummary(
      boolean present,
      Optional<String> head,
      int commitsAhead,
      int uncommittedFiles,
      Optional<String> snapshot) {
    this(present, head, commitsAhead, uncommittedFiles, snapshot, Optional.empty());
  }

  /// The same, with its workspace standing on this instead, if on anything.
  public WorkspaceSummary standing(Optional<String> place) {
    return new WorkspaceSummary(present, head, commitsAhead, uncommittedFiles, snapshot, place);
  }

  /// Whether all work is in commits.
  public boolean clean() {
    return uncommittedFiles == 0;
  }
}
