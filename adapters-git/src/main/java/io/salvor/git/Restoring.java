package io.salvor.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// Lays the newest snapshot's files over a fresh checkout, as uncommitted changes.
final class Restoring {
  private final Git git;

  Restoring(Git git) {
    this.git = git;
  }

  /// Does nothing where there is no snapshot for it.
  void restore(Site site, Registration made) throws IOException {
    Optional<ObjectId> snapshot = site.restorable();
    if (snapshot.isEmpty()) {
      return;
    }
    // With an index of its own, git writes the files and the workspace's index still says what is
    // committed. It writes only what differs, also outside of a sparse checkout.
    Path index = ScratchIndex.of(made);
    try {
      git.must(
          GitCall.write(
                  made.place(),
                  "read-tree",
                  "--reset",
                  "-u",
                  "--no-sparse-checkout",
                  snapshot.get().name())
              .with(ScratchIndex.VARIABLE, index.toString()));
    } finally {
      Files.deleteIfExists(index);
    }
  }
}
