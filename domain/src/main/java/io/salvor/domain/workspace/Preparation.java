package io.salvor.domain.workspace;

import java.util.Optional;

/// How making a workspace went.
public sealed interface Preparation {
  /// The workspace stands, on its branch, owned by the task.
  ///
  /// @param created false where it already stood
  /// @param broughtIn what came of bringing the target in, where that was asked for
  record Ready(Workspace workspace, boolean created, Optional<BroughtIn> broughtIn)
      implements Preparation {

    /// Without bringing anything in.
    public Ready(Workspace workspace, boolean created) {
      this(workspace, created, Optional.empty());
    }
  }

  /// There is no workspace, and nothing of it was left behind that was not there before.
  record Refused(WorkspaceProblem problem) implements Preparation {}
}
