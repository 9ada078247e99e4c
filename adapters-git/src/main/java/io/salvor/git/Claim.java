package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// Takes a task's name in a repository: owner first, then base, then branch.
///
/// With the owner recorded before anything else, whatever a crash leaves behind has a name on it.
final class Claim {
  private final SupportedContent content;

  Claim(SupportedContent content) {
    this.content = content;
  }

  /// The base commit, recorded now or before.
  ///
  /// @param revision what to start from where nothing is recorded
  ObjectId take(Site site, Seat seat, String revision, Undo undo) throws IOException, Unworkable {
    Optional<Owner> recorded = site.recordedOwner();
    if (recorded.isPresent() && !recorded.get().equals(site.owner())) {
      throw foreign(site.names().display() + " belongs to " + recorded.get().named());
    }
    if (seat instanceof Seat.Taken(var problem)) {
      throw new Unworkable(problem.kind(), problem.detail(), problem.hint());
    }
    Optional<ObjectId> known = site.base();
    if (recorded.isPresent() && known.isPresent()) {
      return known.get();
    }
    if (recorded.isEmpty()) {
      requireUnknown(site, seat);
    }
    ObjectId base = resolve(site, revision);
    content.require(site.repository().jgit(), site.history().tree(base));
    if (recorded.isEmpty()) {
      record(site, site.names().owner(), site.refs().store(site.owner().line()), undo);
    }
    record(site, site.names().base(), base, undo);
    return base;
  }

  private static void requireUnknown(Site site, Seat seat) throws IOException, Unworkable {
    if (site.tip().isPresent()) {
      throw foreign("branch " + site.names().shortBranch() + " exists, and no owner is recorded");
    }
    if (!site.refs().under(site.names().all()).isEmpty()) {
      throw foreign("refs exist under " + site.names().all() + ", and no owner is recorded");
    }
    if (!(seat instanceof Seat.Free)) {
      throw foreign(site.path() + " exists, and the repository knows no owner for it");
    }
    if (site.refs().exists("refs/heads/task")) {
      throw new Unworkable(
          Kind.PATH_OCCUPIED,
          "a branch named 'task' leaves no room for " + site.names().shortBranch(),
          "git branch -m task <another-name>");
    }
  }

  private static ObjectId resolve(Site site, String revision) throws IOException, Unworkable {
    Optional<ObjectId> commit = site.history().commit(revision);
    if (commit.isPresent()) {
      return commit.get();
    }
    if (revision.equals("HEAD")) {
      throw new Unworkable(
          Kind.NO_COMMITS,
          site.repository().root() + " has no commits",
          "commit something, even nothing: git commit --allow-empty");
    }
    String mended = "salvor task edit --base REV " + site.names().display();
    throw new Unworkable(
        Kind.BASE_NOT_FOUND,
        "'" + revision + "' is no commit in " + site.repository().root() + "; " + mended,
        mended);
  }

  private static void record(Site site, String ref, ObjectId value, Undo undo)
      throws IOException, Unworkable {
    undo.add(() -> site.refs().delete(ref, value));
    if (!site.refs().create(ref, value)) {
      throw foreign(ref + " was made by someone else");
    }
  }

  private static Unworkable foreign(String detail) {
    return new Unworkable(Kind.FOREIGN_OWNER, detail, "");
  }
}
