package io.salvor.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What `git status` says of a checkout.
///
/// @param changes changed, staged, deleted, unmerged and untracked files
/// @param ignored files and directories that git ignores; only where asked for
/// @param cut whether there was more than is listed here
record Status(List<Change> changes, List<String> ignored, boolean cut) {
  Status {
    changes = List.copyOf(changes);
    ignored = List.copyOf(ignored);
  }

  /// One path and its two letters: against HEAD in the index, against the index in the files.
  record Change(char index, char files, String path) {
    boolean untracked() {
      return index == '?';
    }

    /// An untracked directory that git does not look into.
    boolean nested() {
      return untracked() && path.endsWith("/");
    }

    boolean unmerged() {
      return index == 'U'
          || files == 'U'
          || (index == 'A' && files == 'A')
          || (index == 'D' && files == 'D');
    }

    /// Whether the index holds something that is neither in HEAD nor in the files.
    boolean stagedApart() {
      return !untracked() && !unmerged() && index != ' ' && files != ' ';
    }
  }

  static Status of(Git git, GitPlace place) throws IOException {
    return read(git, place, "--ignored=no");
  }

  static Status withIgnored(Git git, GitPlace place) throws IOException {
    return read(git, place, "--ignored=matching");
  }

  private static Status read(Git git, GitPlace place, String ignored) throws IOException {
    GitResult result =
        git.must(
            GitCall.read(
                place,
                "status",
                "--porcelain=v1",
                "-z",
                "--no-renames",
                "--untracked-files=all",
                "--ignore-submodules=none",
                ignored));
    return parse(result.parts(), result.cut());
  }

  static Status parse(List<String> parts, boolean cut) {
    var changes = new ArrayList<Change>();
    var ignoredPaths = new ArrayList<String>();
    for (String part : parts) {
      if (part.length() < 4) {
        continue;
      }
      String path = part.substring(3);
      if (part.charAt(0) == '!') {
        ignoredPaths.add(path);
      } else {
        changes.add(new Change(part.charAt(0), part.charAt(1), path));
      }
    }
    return new Status(changes, ignoredPaths, cut);
  }

  boolean clean() {
    return changes.isEmpty() && !cut;
  }

  List<String> paths() {
    return changes.stream().map(Change::path).toList();
  }
}
