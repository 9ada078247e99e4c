package io.salvor.domain.workspace;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import java.util.List;
import java.util.Optional;

/// Which workspace to make, or to find made.
///
/// @param lineage the store's lineage: the owner written beside the workspace; another owner's is
///   refused by name
/// @param projectRoot as in [Project#root]
/// @param base revision to start from, resolved once when the workspace is first made; empty means
///   the project's HEAD
/// @param copy files and directories, relative to `projectRoot`, copied into a workspace newly made
///   where they exist
public record WorkspaceOrder(
    String lineage,
    TaskId task,
    DisplayId display,
    String projectRoot,
    Optional<String> base,
    List<String> copy) {
  public WorkspaceOrder {
    copy = List.copyOf(copy);
  }

  /// The branch that carries the task's work.
  public String branch() {
    return "task/" + display;
  }
}
