package io.salvor.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `git status` says of a checkout.
///
/// @param changes changed, staged, deleted, unmerged and untracked files
/// @param copied untracked files that are left out of the changes, as the workspace was given them
/// @param ignored files and directories that git ignores; only where asked for
/// @param cut whether there was more than is listed here
record Status(List<Change> changes, List<String> copied, List<String> ignored, boolean cut) {
  Status {
    changes = List.copyOf(changes);
    copied = List.copyOf(copied);
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

  static Status of(Git git, Checkout checkout) throws IOException {
    return read(git, checkout, "--ignored=no");
  }

  static Status withIgnored(Git git, Checkout checkout) throws IOException {
    return read(git, checkout, "--ignored=matching");
  }

  /// Also what the index hides: with a copy of it that hides nothing.
  private static Status read(Git git, Checkout checkout, String ignored) throws IOException {
    GitCall call =
        GitCall.read(
            checkout.place(),
            "status",
            "--porcelain=v1",
            "-z",
            "--no-renames",
            "--untracked-files=all",
            "--ignore-submodules=none",
            ignored);
    HiddenFiles hidden = HiddenFiles.of(git, checkout);
    if (hidden.none()) {
      return parse(git.must(call));
    }
    Path index = ScratchIndex.apart(checkout);
    try {
      hidden.reveal(git, checkout, index);
      return parse(git.must(call.with(ScratchIndex.VARIABLE, index.toString())));
    } finally {
      Files.deleteIfExists(index);
    }
  }

  private static Status parse(GitResult result) {
    var changes = new ArrayList<Change>();
    var ignoredPaths = new ArrayList<String>();
    for (String part : result.parts()) {
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
    return new Status(changes, List.of(), ignoredPaths, result.cut());
  }

  /// The same without what was copied into the workspace.
  Status without(Copied copies) {
    return new Status(
        changes.stream().filter(change -> !copies.is(change)).toList(),
        changes.stream().filter(copies::is).map(Change::path).toList(),
        ignored,
        cut);
  }

  boolean clean() {
    return changes.isEmpty() && !cut;
  }

  List<String> paths() {
    return changes.stream().map(Change::path).toList();
  }
}
