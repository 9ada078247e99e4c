package io.salvor.git;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Tells what was copied into a workspace from the agent's work: secrets mostly, which belong into
/// no commit and no snapshot, also where nobody told git to ignore them.
///
/// @param root the project's main checkout
/// @param names of files and directories, relative to it
record Copied(Path root, List<Path> names) {
  Copied {
    names = List.copyOf(names);
  }

  static Copied of(ProjectRepository repository, List<String> wanted) {
    var names = new ArrayList<Path>();
    for (String name : repository.bare() ? List.<String>of() : wanted) {
      try {
        names.add(Path.of(name).normalize());
      } catch (InvalidPathException _) {
        // Nothing was copied by that name.
      }
    }
    return new Copied(repository.root(), names);
  }

  /// Whether this change is no more than that a copy is there. What an agent adds to a directory
  /// that was copied is its work.
  boolean is(Status.Change change) {
    if (!change.untracked() || change.nested()) {
      return false;
    }
    try {
      Path path = Path.of(change.path());
      return names.contains(path)
          || (names.stream().anyMatch(path::startsWith)
              && Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS));
    } catch (InvalidPathException _) {
      return false;
    }
  }
}
