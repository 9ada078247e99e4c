package io.salvor.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;

/// Reads what one checkout's HEAD has been through.
final class HeadLog {
  /// How git's words for what makes a new commit begin.
  private static final List<String> MAKING = List.of("commit", "cherry-pick", "revert", "am");

  /// What makes new commits too, and otherwise moves HEAD alone.
  private static final Pattern SOMETIMES =
      Pattern.compile("(merge|pull|rebase)(?!.*\\((start|finish)\\):)(?!.*: Fast-forward$).*");

  private HeadLog() {}

  /// Whether this commit was made in the checkout with this git directory, as far as is known.
  static boolean made(Path gitDir, ObjectId commit) throws IOException {
    String log;
    try {
      byte[] bytes = Files.readAllBytes(gitDir.resolve("logs/HEAD"));
      log = new String(bytes, StandardCharsets.UTF_8);
    } catch (NoSuchFileException | NotDirectoryException _) {
      return false;
    }
    // <before> <after> <who> <when>TAB<what>
    return log.lines()
        .map(line -> line.split("\t", 2))
        .filter(parts -> parts.length == 2 && parts[0].startsWith(commit.name() + " ", 41))
        .map(parts -> parts[1])
        .anyMatch(what ->
            MAKING.stream().anyMatch(what::startsWith) || SOMETIMES.matcher(what).matches());
  }
}
