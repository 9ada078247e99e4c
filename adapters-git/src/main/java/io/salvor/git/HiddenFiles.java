package io.salvor.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Files that are there although a checkout's index says not to look at them (`assume-unchanged`,
/// `skip-worktree`): git shows no change in them, saves none, and overwrites some of them.
///
/// What a sparse checkout leaves out is not there, and is none of these.
record HiddenFiles(List<String> paths) {
  HiddenFiles {
    paths = List.copyOf(paths);
  }

  static HiddenFiles of(Git git, Checkout checkout) throws IOException {
    var marked = new Marked();
    git.pour(GitCall.read(checkout.place(), "ls-files", "-v", "-z"), marked::take);
    return new HiddenFiles(
        marked.paths.stream()
            .filter(path -> Files.exists(checkout.files().resolve(path), LinkOption.NOFOLLOW_LINKS))
            .toList());
  }

  boolean none() {
    return paths.isEmpty();
  }

  /// Has an index of this checkout look at them again.
  ///
  /// @param index its own, or a copy
  void reveal(Git git, Checkout checkout, Path index) throws IOException {
    // Git minds only one of the two in one call.
    for (String mark : List.of("--no-assume-unchanged", "--no-skip-worktree")) {
      if (!none()) {
        git.must(
            GitCall.write(checkout.place(), "update-index", mark, "-z", "--stdin")
                .with(ScratchIndex.VARIABLE, index.toString())
                .input(String.join("\0", paths) + "\0"));
      }
    }
  }

  /// Has a checkout's own index look at all its files again.
  static void reveal(Git git, Checkout checkout) throws IOException {
    of(git, checkout).reveal(git, checkout, checkout.gitDir().resolve("index"));
  }

  /// Reads `<letter> <path>`, each ended by a NUL, in pieces; keeps the paths whose letter is small
  /// or an S.
  private static final class Marked {
    private final List<String> paths = new ArrayList<>();
    private final ByteArrayOutputStream entry = new ByteArrayOutputStream();

    void take(byte[] piece) {
      for (byte it : piece) {
        if (it == 0) {
          keepIfMarked(entry.toString(StandardCharsets.UTF_8));
          entry.reset();
        } else {
          entry.write(it);
        }
      }
    }

    private void keepIfMarked(String line) {
      if (line.length() > 2 && (line.charAt(0) == 'S' || Character.isLowerCase(line.charAt(0)))) {
        paths.add(line.substring(2));
      }
    }
  }
}
