package io.salvor.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A copy of a worktree's index that git may change in its stead.
final class ScratchIndex {
  /// Tells git which index to use.
  static final String VARIABLE = "GIT_INDEX_FILE";

  private static final String FILE = "salvor-index";

  private ScratchIndex() {}

  /// A new copy; one left by a crash is replaced. The caller deletes it and holds the repository
  /// meanwhile.
  static Path of(Registration registration) throws IOException {
    Path scratch = registration.privateDir().resolve(FILE);
    Files.deleteIfExists(scratch.resolveSibling(FILE + ".lock"));
    Files.deleteIfExists(scratch);
    copy(registration, scratch);
    return scratch;
  }

  /// A new copy of one's own, for whoever does not hold the repository; the caller deletes it.
  static Path apart(Checkout checkout) throws IOException {
    Path scratch = Files.createTempFile("salvor-", ".index");
    Files.delete(scratch);
    copy(checkout, scratch);
    return scratch;
  }

  private static void copy(Checkout checkout, Path scratch) throws IOException {
    try {
      Files.copy(checkout.gitDir().resolve("index"), scratch, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (NoSuchFileException _) {
      // A worktree without an index is one with nothing in it.
    }
  }
}
