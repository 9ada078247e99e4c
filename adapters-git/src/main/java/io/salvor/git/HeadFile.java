package io.salvor.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// Reads the HEAD of one checkout from its git directory.
final class HeadFile {
  private static final String POINTER = "ref: ";

  private HeadFile() {}

  /// The full name of the branch that HEAD stands on; empty where it is detached or there is none.
  static Optional<String> branch(Path gitDir) throws IOException {
    return text(gitDir)
        .filter(text -> text.startsWith(POINTER))
        .map(text -> text.substring(POINTER.length()));
  }

  /// The commit of a detached HEAD.
  static Optional<ObjectId> detached(Path gitDir) throws IOException {
    return text(gitDir).filter(ObjectId::isId).map(ObjectId::fromString);
  }

  private static Optional<String> text(Path gitDir) throws IOException {
    try {
      // The branch of a stranger's worktree may have a name in any encoding.
      byte[] bytes = Files.readAllBytes(gitDir.resolve("HEAD"));
      return Optional.of(new String(bytes, StandardCharsets.UTF_8).strip());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }
}
