package io.salvor.cli.session;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/// Which repository a task is for: the one named, or the one that the current directory is in.
public final class ProjectChoice {
  private final Context context;

  public ProjectChoice(Context context) {
    this.context = context;
  }

  /// An absolute path; the server says whether it can be worked with.
  public String choose(Optional<String> named) {
    if (named.isPresent()) {
      return context.path(named.get()).toString();
    }
    Path directory = context.surroundings().directory();
    for (Path at = directory; at != null; at = at.getParent()) {
      if (isRepository(at.resolve(".git"))) {
        return at.toString();
      }
    }
    throw new Failure(
        ExitCode.INVALID,
        "NOT_A_REPOSITORY",
        directory + " is not in a git repository",
        "salvor task add TITLE --project DIR");
  }

  /// A linked worktree has a file there. An empty folder is none: sandboxes leave such behind.
  private static boolean isRepository(Path git) {
    return Files.isRegularFile(git) || Files.exists(git.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS);
  }
}
