package io.salvor.domain.workspace;

import java.util.Optional;

/// Repositories and checkouts as people and agents handle them, beside the port.
///
/// A directory is the root of a project's main checkout or the path of a workspace.
public interface WorkspaceWorld {
  /// The port under test.
  Workspaces workspaces();

  /// The root of a new project on branch `main`, with one commit that holds `README` with the text
  /// `hello`.
  String project();

  /// Writes a file, as an editor would; `file` is relative.
  void write(String directory, String file, String content);

  /// What a file holds.
  Optional<String> read(String directory, String file);

  /// Commits everything in a checkout on its branch; the new commit.
  String commit(String directory, String message);

  /// Switches a workspace without uncommitted files to a new branch that begins at this commit.
  void branchOff(String workspace, String branch, String commit);

  /// Deletes a checkout with everything in it, as `rm -r` would.
  void lose(String directory);

  /// Gives a project an empty remote; its name.
  String remote(String project);

  /// The tip of `main` in that remote, where it has one.
  Optional<String> pushed(String project);

  /// Somebody else pushes a commit onto that `main`, which the project does not have; that commit.
  String pushedByOthers(String project);
}
