package io.salvor.git;

import io.salvor.domain.text.ShellWord;
import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

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

  /// Makes sure that what is committed next lands on the task's branch.
  ///
  /// A rebase of the branch is left as it is: whoever began it can go on.
  void requireOnBranch(Site site, Registration standing) throws IOException, Unworkable {
    Optional<String> branch = standing.branch();
    if (branch.filter(site.names().branch()::equals).isPresent()
        || Undertaking.rebased(standing.privateDir())
            .filter(site.names().branch()::equals)
            .isPresent()) {
      return;
    }
    Optional<ObjectId> head = site.head(standing);
    Optional<ObjectId> tip = site.tip();
    if (branch.isPresent()
        || head.isEmpty()
        || tip.isEmpty()
        || !site.history().contains(head.get(), tip.get())
        || !site.refs().move(site.names().branch(), tip.get(), head.get())) {
      throw offBranch(site, branch);
    }
    attach(site, standing);
  }

  /// Puts HEAD on the task's branch, whatever it stood on.
  void attach(Site site, Registration standing) throws IOException {
    git.must(GitCall.write(standing.place(), "symbolic-ref", "HEAD", site.names().branch()));
  }

  private static Unworkable offBranch(Site site, Optional<String> branch) {
    return new Unworkable(
        Kind.ON_ANOTHER_BRANCH,
        site.path() + " is on " + branch.orElse("a commit beside its branch"),
        "git -C " + ShellWord.of(site.path().toString()) + " switch " + site.names().shortBranch());
  }
}
