package io.salvor.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Something that git was told to do in a checkout and that is not finished.
final class Undertaking {
  /// Both a rebase and `git am` have the directory.
  private static final String AM = "rebase-apply/applying";

  private static final Map<String, String> SIGNS = signs();

  private Undertaking() {}

  private static Map<String, String> signs() {
    var signs = new LinkedHashMap<String, String>();
    signs.put("rebase-merge", "a rebase");
    signs.put(AM, "a git am");
    signs.put("rebase-apply", "a rebase");
    signs.put("MERGE_HEAD", "a merge");
    signs.put("CHERRY_PICK_HEAD", "a cherry-pick");
    signs.put("REVERT_HEAD", "a revert");
    signs.put("BISECT_LOG", "a bisection");
    return signs;
  }

  /// What is under way in the checkout with this git directory, for people.
  static Optional<String> in(Path gitDir) {
    return SIGNS.entrySet().stream()
        .filter(sign -> Files.exists(gitDir.resolve(sign.getKey())))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /// The full name of the branch that is being rebased there.
  static Optional<String> rebased(Path gitDir) throws IOException {
    for (String kind : new String[] {"rebase-merge", "rebase-apply"}) {
      try {
        return Optional.of(Files.readString(gitDir.resolve(kind).resolve("head-name")).strip());
      } catch (NoSuchFileException | NotDirectoryException _) {
        // not this kind
      }
    }
    return Optional.empty();
  }

  /// The git command that is in the middle of a series of commits and ends it with `--quit`.
  static Optional<String> series(Path gitDir) {
    if (Files.exists(gitDir.resolve(AM))) {
      return Optional.of("am");
    }
    return Files.exists(gitDir.resolve("rebase-merge"))
            || Files.exists(gitDir.resolve("rebase-apply"))
        ? Optional.of("rebase")
        : Optional.empty();
  }

  /// Whether it has put HEAD where it wants it, and will do so again.
  static boolean leadsHead(Path gitDir) {
    return series(gitDir).isPresent() || Files.exists(gitDir.resolve("BISECT_LOG"));
  }
}
