package io.salvor.domain.workspace;

/// How making a workspace went.
public sealed interface Preparation {
  /// The workspace stands, on its branch, owned by the task.
  ///
  /// @param created false where it already stood
  record Ready(Workspace workspace, boolean created) implements Preparation {}

  /// There is no workspace, and nothing of it was left behind that was not there before.
  record Refused(WorkspaceProblem problem) implements Preparation {}
}
