package io.salvor.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/// Writes commits, durably.
final class Commits {
  /// Who signs where a project names nobody.
  static final Identity SALVOR =
      new Identity("Salvor", "salvor@localhost", "Salvor", "salvor@localhost");

  private Commits() {}

  /// Who a commit is by.
  record Identity(
      String authorName, String authorEmail, String committerName, String committerEmail) {}

  static ObjectId write(
      Git git, Path gitDir, ObjectId tree, List<ObjectId> parents, String message, Identity by)
      throws IOException {
    var arguments = new ArrayList<>(List.of("commit-tree", "--no-gpg-sign", tree.name()));
    for (ObjectId parent : parents) {
      arguments.add("-p");
      arguments.add(parent.name());
    }
    arguments.add("-F");
    arguments.add("-");
    GitCall call =
        GitCall.save(GitPlace.gitDir(gitDir), arguments.toArray(String[]::new))
            .with("GIT_AUTHOR_NAME", by.authorName())
            .with("GIT_AUTHOR_EMAIL", by.authorEmail())
            .with("GIT_COMMITTER_NAME", by.committerName())
            .with("GIT_COMMITTER_EMAIL", by.committerEmail())
            .input(message + "\n");
    return ObjectId.fromString(git.must(call).line());
  }
}
