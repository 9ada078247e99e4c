package io.salvor.git;

import io.salvor.domain.text.ShellWord;
import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// Sees to it that what is committed in a workspace is on the task's branch.
final class OwnBranch {
  private final Git git;
  private final StaleLocks staleLocks;

  OwnBranch(Git git, StaleLocks staleLocks) {
    this.git = git;
    this.staleLocks = staleLocks;
  }

  /// Makes sure that what is committed next lands on the task's branch.
  void require(Site site, Registration standing) throws IOException, Unworkable {
    Optional<String> elsewhere = comeBack(site, standing);
    if (elsewhere.isPresent()) {
      throw isOn(elsewhere.get(), site);
    }
  }

  private static Unworkable isOn(String elsewhere, Site site) {
    return new Unworkable(
        Kind.ON_ANOTHER_BRANCH,
        site.path() + " is on " + elsewhere,
        in(site) + "switch " + site.names().shortBranch());
  }

  private static String in(Site site) {
    return "git -C " + ShellWord.of(site.path().toString()) + " ";
  }

  /// Makes sure that what Salvor commits next lands on the task's branch, and moves nothing.
  static void requireOn(Site site, Registration standing) throws IOException, Unworkable {
    if (standing.branch().filter(site.names().branch()::equals).isPresent()) {
      return;
    }
    Optional<String> series = Undertaking.series(standing.privateDir());
    if (series.isPresent()) {
      String command = in(site) + series.get();
      throw new Unworkable(
          Kind.ON_ANOTHER_BRANCH,
          site.path() + " is in the middle of a git " + series.get(),
          command + " --continue or " + command + " --quit");
    }
    throw isOn(whereabouts(site, standing), site);
  }

  private static String whereabouts(Site site, Registration standing) throws IOException {
    Optional<String> branch = standing.branch();
    return branch.isPresent()
        ? branch.get()
        : "commit " + site.head(standing).map(ObjectId::name).orElse("that cannot be read");
  }

  /// Where the workspace's HEAD is on another branch or on none and goes on from the task's branch,
  /// moves that branch there and HEAD onto it; the other branch stays. A rebase of the task's
  /// branch is left as it is, whoever began it can go on; and so are commits of others.
  ///
  /// @return where the workspace stands instead, for people; empty where it is on its branch
  Optional<String> comeBack(Site site, Registration standing) throws IOException, Unworkable {
    String own = site.names().branch();
    Optional<String> branch = standing.branch();
    if (branch.filter(own::equals).isPresent()
        || Undertaking.rebased(standing.privateDir()).filter(own::equals).isPresent()) {
      return Optional.empty();
    }
    Optional<ObjectId> head = site.head(standing);
    Optional<ObjectId> tip = site.tip();
    if (Undertaking.leadsHead(standing.privateDir())
        || head.isEmpty()
        || tip.isEmpty()
        || !site.history().contains(head.get(), tip.get())
        || holder(site).isPresent()
        || ofOthers(site, standing, head.get())
        || !site.refs().move(own, tip.get(), head.get())) {
      return Optional.of(whereabouts(site, standing));
    }
    attach(site, standing);
    return Optional.empty();
  }

  /// Whether HEAD has only been put where it is: on a commit that was not made here and that others
  /// have. Theirs would count as the task's work.
  private boolean ofOthers(Site site, Registration standing, ObjectId head) throws IOException {
    if (site.tip().filter(head::equals).isPresent() || HeadLog.made(standing.privateDir(), head)) {
      return false;
    }
    GitPlace place = GitPlace.gitDir(site.repository().commonDir());
    return !git.must(
            GitCall.read(
                place,
                "for-each-ref",
                "--count=1",
                "--contains=" + head.name(),
                "--format=%(refname)",
                "refs/heads",
                "refs/remotes",
                "refs/tags"))
        .line()
        .isEmpty();
  }

  /// Puts HEAD on the task's branch, whatever it stood on.
  void attach(Site site, Registration standing) throws IOException, Unworkable {
    staleLocks.clear(standing.privateDir().resolve("HEAD.lock"), standing);
    git.must(GitCall.write(standing.place(), "symbolic-ref", "HEAD", site.names().branch()));
  }

  static void requireFree(Site site) throws IOException, Unworkable {
    Optional<String> holder = holder(site);
    if (holder.isPresent()) {
      throw new Unworkable(
          Kind.BRANCH_CHECKED_OUT_ELSEWHERE,
          site.names().branch() + " is checked out in " + holder.get(),
          "git -C " + ShellWord.of(holder.get()) + " switch --detach");
    }
  }

  /// Where else the task's branch is checked out.
  private static Optional<String> holder(Site site) throws IOException {
    String branch = site.names().branch();
    if (site.repository().mainBranch().filter(branch::equals).isPresent()
        && !site.repository().bare()) {
      return Optional.of(site.repository().root().toString());
    }
    for (Registration other : Registration.on(site.repository(), branch)) {
      if (!other.files().equals(site.path()) && (other.present() || other.lockedByOthers())) {
        return Optional.of(other.files().toString());
      }
    }
    return Optional.empty();
  }
}
