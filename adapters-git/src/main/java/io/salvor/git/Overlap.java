package io.salvor.git;

import io.salvor.git.Changes.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the files of a checkout that a merge would have to overwrite although they hold something
/// of their own.
///
/// Ignored files count: `git read-tree` would replace them without a word.
final class Overlap {
  private final Path files;
  private final TreeSet<String> dirty = new TreeSet<>();

  Overlap(Path files, Status status) {
    this.files = files;
    for (String path : status.paths()) {
      dirty.add(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }
  }

  List<String> with(Changes changes) throws IOException {
    Set<String> leaving =
        changes.paths().stream()
            .filter(change -> change.to().absent())
            .map(Change::path)
            .collect(Collectors.toCollection(TreeSet::new));
    var found = new TreeSet<String>();
    for (Change change : changes.paths()) {
      if (dirty.contains(change.path())) {
        found.add(change.path());
        continue;
      }
      dirtyBelow(change.path()).ifPresent(found::add);
      if (!change.to().absent()) {
        inTheWay(change, leaving).ifPresent(found::add);
      }
    }
    return List.copyOf(found);
  }

  private Optional<String> dirtyBelow(String path) {
    return Optional.ofNullable(dirty.ceiling(path + "/"))
        .filter(next -> next.startsWith(path + "/"));
  }

  /// Something on the disk that neither git nor the merge knows of, where a file is to be.
  private Optional<String> inTheWay(Change change, Set<String> leaving) throws IOException {
    for (int slash = change.path().indexOf('/');
        slash > 0;
        slash = change.path().indexOf('/', slash + 1)) {
      String parent = change.path().substring(0, slash);
      Path file = files.resolve(parent);
      boolean other =
          Files.exists(file, LinkOption.NOFOLLOW_LINKS)
              && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
      if (other && !leaving.contains(parent)) {
        return Optional.of(parent);
      }
      if (other) {
        return Optional.empty();
      }
    }
    Path file = files.resolve(change.path());
    if (!change.from().absent() || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && allLeaves(file, leaving)
        ? Optional.empty()
        : Optional.of(change.path());
  }

  private boolean allLeaves(Path directory, Set<String> leaving) throws IOException {
    try (Stream<Path> inside = Files.walk(directory)) {
      return inside
          .filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .allMatch(path -> leaving.contains(files.relativize(path).toString()));
    }
  }
}
