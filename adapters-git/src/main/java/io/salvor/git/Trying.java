package io.salvor.git;

import io.salvor.domain.workspace.MergeOrder;
import io.salvor.domain.workspace.MergeTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/// Makes what a merge would make of its target, in a worktree of its own; the caller holds the
/// repository.
///
/// The worktree's name is one that only Salvor gives, so that whatever a crash left there may be
/// cleared away.
final class Trying {
  private final Git git;
  private final MergeCommit mergeCommit;

  Trying(Git git, MergeCommit mergeCommit) {
    this.git = git;
    this.mergeCommit = mergeCommit;
  }

  MergeTrial make(Site site, MergeOrder order, CopiedFiles copies) throws IOException, Unworkable {
    clear(site);
    String name = "refs/heads/" + order.target();
    Optional<ObjectId> target =
        Repository.isValidRefName(name) ? site.refs().read(name) : Optional.empty();
    Optional<ObjectId> commit = site.history().commit(order.commit());
    if (target.isEmpty() || commit.isEmpty()) {
      return new MergeTrial.NothingNew(Optional.empty());
    }
    String tip = target.get().name();
    Optional<String> result = result(site, order, target.get(), commit.get());
    if (result.isEmpty()) {
      return new MergeTrial.NothingNew(Optional.of(tip));
    }
    Path path = path(site);
    git.must(
        GitCall.write(
            GitPlace.at(site.repository().root()),
            "worktree",
            "add",
            "--detach",
            "--",
            path.toString(),
            result.get()));
    copies.into(path);
    return new MergeTrial.Stands(path.toString(), tip);
  }

  /// The commit that the target would come to; empty where its gates need not or cannot be run.
  private Optional<String> result(Site site, MergeOrder order, ObjectId target, ObjectId commit)
      throws IOException, Unworkable {
    if (site.history().contains(target, commit)) {
      return Optional.empty();
    }
    if (site.history().contains(commit, target)) {
      return Optional.of(commit.name()).filter(_ -> order.unchecked());
    }
    return mergeCommit.make(site.repository(), order, target, commit)
            instanceof MergeCommit.Result.Made(var made)
        ? Optional.of(made.name())
        : Optional.empty();
  }

  /// Nothing in it is anybody's work.
  Path clear(Site site) throws IOException {
    Path path = path(site);
    Optional<Registration> left = Registration.at(site.repository(), path);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Trees.delete(path);
    }
    if (left.isPresent()) {
      left.get().forget(site.repository());
    }
    return path;
  }

  private static Path path(Site site) {
    return site.path().resolveSibling(site.path().getFileName() + ".salvor-trial");
  }
}
