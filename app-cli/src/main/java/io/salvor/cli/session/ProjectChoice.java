package io.salvor.cli.session;

import java.io.IOException;
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
    return checkout(directory)
        .orElseThrow(() ->
            new Failure(
                ExitCode.INVALID,
                "NOT_A_REPOSITORY",
                directory + " is not in a git repository",
                "salvor task add TITLE --project DIR"))
        .toString();
  }

  /// The root that the home's own server knows the repository of a directory by, to find what is of
  /// it; what is no directory here, or is for a server elsewhere, stays as it is.
  public String root(String named) {
    if (context.server().isPresent()) {
      return context.path(named).toString();
    }
    try {
      Path directory = context.surroundings().directory().resolve(named).toRealPath();
      Optional<Path> checkout = checkout(directory);
      return (checkout.isPresent() ? main(checkout.get()) : directory).toString();
    } catch (IOException notHere) {
      return context.path(named).toString();
    }
  }

  private static Optional<Path> checkout(Path directory) {
    for (Path at = directory; at != null; at = at.getParent()) {
      if (isRepository(at.resolve(".git"))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /// The main checkout of a linked worktree, or the repository where it is bare; any other checkout
  /// is its own.
  private static Path main(Path checkout) throws IOException {
    Path link = checkout.resolve(".git");
    if (!Files.isRegularFile(link)) {
      return checkout;
    }
    Path own = checkout.resolve(Files.readString(link).strip().replaceFirst("^gitdir: ", ""));
    Path common = own.resolve("commondir");
    if (!Files.isRegularFile(common)) {
      return checkout;
    }
    Path repository = own.resolve(Files.readString(common).strip()).toRealPath();
    return repository.endsWith(".git") ? repository.resolveSibling("") : repository;
  }

  /// A linked worktree has a file there. An empty folder is none: sandboxes leave such behind.
  private static boolean isRepository(Path git) {
    return Files.isRegularFile(git) || Files.exists(git.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS);
  }
}
