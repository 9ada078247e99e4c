package io.salvor.git;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/// Clears away untracked files, and only those that a snapshot holds as they are.
///
/// `git clean` asks what is ignored now, and a checkout's `.gitignore` goes and comes with its
/// files: what no snapshot holds because it was ignored would be deleted once that file is gone.
final class Clearing {
  private final Git git;

  Clearing(Git git) {
    this.git = git;
  }

  void clear(Registration standing, ObjectId snapshot) throws IOException {
    List<String> untracked =
        Status.of(git, standing).changes().stream()
            .filter(change -> change.untracked() && !change.nested())
            .map(Status.Change::path)
            .toList();
    if (untracked.isEmpty()) {
      return;
    }
    Set<String> kept = keptIn(snapshot, standing);
    for (String path : untracked) {
      if (kept.contains(path)) {
        delete(standing.files(), standing.files().resolve(path));
      }
    }
  }

  /// The paths whose files are now what the snapshot says.
  private Set<String> keptIn(ObjectId snapshot, Registration standing) throws IOException {
    Path index = ScratchIndex.of(standing);
    try {
      git.must(
          GitCall.write(
                  standing.place(), "read-tree", "--reset", "--no-sparse-checkout", snapshot.name())
              .with(ScratchIndex.VARIABLE, index.toString()));
      // It fails where a file differs, which the next command tells.
      git.run(
          GitCall.write(standing.place(), "update-index", "-q", "--really-refresh")
              .with(ScratchIndex.VARIABLE, index.toString()));
      var paths = new HashSet<>(listed(standing, index, "ls-files", "-z"));
      listed(standing, index, "diff-files", "--name-only", "-z").forEach(paths::remove);
      return paths;
    } finally {
      Files.deleteIfExists(index);
    }
  }

  private List<String> listed(Registration standing, Path index, String... arguments)
      throws IOException {
    GitResult result =
        git.must(
            GitCall.read(standing.place(), arguments)
                .with(ScratchIndex.VARIABLE, index.toString()));
    if (result.cut()) {
      throw new GitFailed("there are more files than can be told");
    }
    return result.parts();
  }

  /// Deletes a file and the directories that it leaves empty.
  private static void delete(Path files, Path file) throws IOException {
    Files.deleteIfExists(file);
    Optional<Path> folder = Optional.ofNullable(file.getParent());
    while (folder.isPresent() && !folder.get().equals(files)) {
      try {
        Files.deleteIfExists(folder.get());
      } catch (DirectoryNotEmptyException _) {
        return;
      }
      folder = Optional.ofNullable(folder.get().getParent());
    }
  }
}
