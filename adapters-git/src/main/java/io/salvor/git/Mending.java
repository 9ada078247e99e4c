package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Makes a workspace that stands fit for the next attempt, without changing any work in it.
final class Mending {
  private final Git git;
  private final Making making;
  private final StaleLocks staleLocks;
  private final Steps steps;

  Mending(Git git, Making making, StaleLocks staleLocks, Steps steps) {
    this.git = git;
    this.making = making;
    this.staleLocks = staleLocks;
    this.steps = steps;
  }

  /// Mends what git needs to work there at all.
  void mend(Site site, Registration standing) throws IOException, Unworkable {
    if (standing.lockReason().flatMap(Owner::parse).isPresent()) {
      making.unlock(standing);
    }
    mendLink(site, standing);
    staleLocks.clear(standing.indexLock(), standing);
    staleLocks.clear(standing.privateDir().resolve("HEAD.lock"), standing);
    if (!Files.exists(standing.privateDir().resolve("index"))) {
      git.must(GitCall.write(standing.place(), "read-tree", "HEAD"));
    }
  }

  private void mendLink(Site site, Registration standing) throws IOException, Unworkable {
    if (standing.linked()) {
      return;
    }
    Path gitFile = standing.files().resolve(".git");
    if (Files.isDirectory(gitFile, LinkOption.NOFOLLOW_LINKS)) {
      throw new Unworkable(
          Kind.PATH_OCCUPIED,
          site.path() + " has become a repository of its own",
          "move " + gitFile + " away");
    }
    Path draft = standing.privateDir().resolve("salvor-gitfile");
    Files.writeString(draft, "gitdir: " + standing.privateDir() + "\n");
    try {
      Files.move(draft, gitFile, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(draft, gitFile, StandardCopyOption.REPLACE_EXISTING);
    }
    steps.passed("link mended");
  }
}
