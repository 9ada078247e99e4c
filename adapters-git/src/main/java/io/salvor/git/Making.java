package io.salvor.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Adds a worktree and completes it.
///
/// The worktree is locked with its owner's name from git's first file on and unlocked when all is
/// in place: a crash in between leaves something that says whose it is and that no agent has worked
/// in it.
final class Making {
  private final Git git;
  private final Restoring restoring;
  private final StaleLocks staleLocks;
  private final Steps steps;

  Making(Git git, Restoring restoring, StaleLocks staleLocks, Steps steps) {
    this.git = git;
    this.restoring = restoring;
    this.staleLocks = staleLocks;
    this.steps = steps;
  }

  /// What goes into a worktree besides the branch's files.
  ///
  /// @param restore whether the newest snapshot's files are laid over them
  record Content(boolean restore, CopiedFiles copies) {}

  /// Adds the worktree on its branch, which exists.
  ///
  /// @param replace whether a registration without files stands in the way
  void add(Site site, boolean replace, Content content, Undo undo) throws IOException, Unworkable {
    sweepDebris(site);
    takeBack(site, undo);
    git.must(addCall(site, replace));
    if (!(Seat.look(site) instanceof Seat.HalfMade(var made))) {
      throw new GitFailed("git worktree add left no worktree at " + site.path());
    }
    complete(site, made, content);
  }

  private static GitCall addCall(Site site, boolean replace) {
    String branch = site.names().shortBranch();
    String path = site.path().toString();
    GitPlace root = GitPlace.at(site.repository().root());
    String reason = site.owner().line();
    return replace
        ? GitCall.write(
            root,
            "worktree",
            "add",
            "--force",
            "--force",
            "--lock",
            "--reason",
            reason,
            "--",
            path,
            branch)
        : GitCall.write(root, "worktree", "add", "--lock", "--reason", reason, "--", path, branch);
  }

  /// Goes on where a crash cut the making short, or clears it away and begins again.
  void resume(Site site, Registration halfMade, Content content, Undo undo)
      throws IOException, Unworkable {
    boolean usable =
        halfMade.present()
            && halfMade.linked()
            && !Files.exists(halfMade.privateDir().resolve("HEAD.lock"))
            && halfMade.branch().filter(site.names().branch()::equals).isPresent();
    if (!usable) {
      discard(site, halfMade);
      add(site, false, content, undo);
      return;
    }
    staleLocks.clear(halfMade.indexLock(), halfMade);
    site.refs().unlock(site.names().branch());
    git.must(GitCall.write(halfMade.place(), "reset", "--hard", "--quiet"));
    complete(site, halfMade, content);
  }

  private void complete(Site site, Registration made, Content content)
      throws IOException, Unworkable {
    if (content.restore()) {
      restoring.restore(site, made);
    }
    content.copies().into(made.files());
    Path draft = made.privateDir().resolve(Registration.OWNER_FILE + ".new");
    Files.writeString(draft, site.owner().line() + "\n");
    Files.move(
        draft, made.privateDir().resolve(Registration.OWNER_FILE), StandardCopyOption.ATOMIC_MOVE);
    steps.passed("owner written");
    unlock(made);
  }

  void unlock(Registration made) throws IOException {
    Files.deleteIfExists(made.privateDir().resolve(Registration.LOCK_FILE));
    steps.passed("worktree unlocked");
  }

  private void takeBack(Site site, Undo undo) {
    if (Files.isDirectory(site.path(), LinkOption.NOFOLLOW_LINKS)) {
      undo.add(() -> Files.createDirectories(site.path()));
    }
    undo.add(() -> {
      switch (Seat.look(site)) {
        case Seat.HalfMade(var made) -> discard(site, made);
        case Seat.Standing(var made) -> discard(site, made);
        case Seat.Free(), Seat.Missing(_), Seat.Orphaned(_), Seat.Taken(_) -> {}
      }
    });
  }

  /// Clears away a worktree that only Salvor has written to.
  void discard(Site site, Registration made) throws IOException {
    if (made.present() && made.linked() && removed(site, made)) {
      return;
    }
    if (made.present()) {
      // Git fills a worktree last: without a good link and HEAD there is at most the link.
      Path link = made.files().resolve(".git");
      if (Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(link);
      }
      Files.delete(made.files());
    }
    made.forget(site.repository());
    steps.passed("half-made worktree cleared");
  }

  private boolean removed(Site site, Registration made) throws IOException {
    return git.run(
            GitCall.write(
                GitPlace.at(site.repository().root()),
                "worktree",
                "remove",
                "--force",
                "--force",
                "--",
                made.files().toString()))
        .ok();
  }

  /// A `git worktree add` that dies at its very beginning leaves a directory that git itself never
  /// clears away.
  private static void sweepDebris(Site site) throws IOException {
    Path debris =
        site.repository().registrationsDir().resolve(String.valueOf(site.path().getFileName()));
    if (isDebris(debris, site.owner())) {
      Trees.delete(debris);
    }
  }

  /// Whether there is nothing but a lock, empty or of this owner, and the place for a path.
  private static boolean isDebris(Path directory, Owner owner) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        boolean dispensable =
            Files.isRegularFile(entry)
                && (Files.size(entry) == 0
                    || (entry.endsWith(Registration.LOCK_FILE)
                        && Owner.parse(Files.readString(entry)).filter(owner::equals).isPresent()));
        if (!dispensable) {
          return false;
        }
      }
    }
    return true;
  }
}
