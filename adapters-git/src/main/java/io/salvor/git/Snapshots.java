package io.salvor.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// Commits a workspace's uncommitted files beside its branch, with an index of its own.
///
/// Like git's stash, a snapshot's first parent is HEAD; a second one holds what was staged and then
/// changed again.
final class Snapshots {
  /// A larger file is left where it is, and blocks whatever would destroy it.
  static final long FILE_LIMIT_BYTES = 100L << 20;

  private final Git git;
  private final long fileLimitBytes;

  Snapshots(Git git, long fileLimitBytes) {
    this.git = git;
    this.fileLimitBytes = fileLimitBytes;
  }

  /// What a snapshot would hold, or holds.
  ///
  /// @param tree all files but those left out
  /// @param staged the index's own tree, where it holds work that the files do not
  /// @param leftOut nested repositories, files too large or unreadable
  /// @param failed those of them that git could not add, and the tree has as HEAD or the index has
  record Contents(
      ObjectId tree, Optional<ObjectId> staged, List<String> leftOut, List<String> failed) {
    Contents {
      leftOut = List.copyOf(leftOut);
      failed = List.copyOf(failed);
    }
  }

  /// How a snapshot went.
  ///
  /// @param commit empty where there was nothing to keep
  record Taken(Optional<ObjectId> commit, int uncommittedFiles, List<String> leftOut) {
    Taken {
      leftOut = List.copyOf(leftOut);
    }
  }

  /// Takes one for this attempt; with nothing changed since the last, the last one stays.
  Taken take(Site site, Registration standing, int attempt) throws IOException {
    return take(site, standing, attempt, List.of());
  }

  /// Takes one for this attempt.
  ///
  /// @param also files that it is to hold even where they are ignored
  Taken take(Site site, Registration standing, int attempt, List<String> also) throws IOException {
    Keeping.keepDetached(site, standing, attempt);
    Status status = Status.of(git, standing).without(site.copied());
    Optional<ObjectId> head = site.head(standing);
    if (status.clean() && also.isEmpty()) {
      retire(site, head, attempt);
      return new Taken(Optional.empty(), 0, List.of());
    }
    Contents contents = read(standing, status, also);
    int count = status.changes().size();
    if (holdsNothing(site, head, contents)) {
      return new Taken(Optional.empty(), count, contents.leftOut());
    }
    ObjectId commit = record(site, standing, head, contents, attempt);
    return new Taken(Optional.of(commit), count, contents.leftOut());
  }

  /// Writes the files as they are now into git's store, without a commit.
  Contents read(Registration standing, Status status) throws IOException {
    return read(standing, status, List.of());
  }

  private Contents read(Registration standing, Status status, List<String> also)
      throws IOException {
    Optional<ObjectId> staged =
        status.changes().stream().anyMatch(Status.Change::stagedApart)
            ? indexTree(standing)
            : Optional.empty();
    var leftOut = new ArrayList<String>();
    for (Status.Change change : status.changes()) {
      if (change.nested() || tooLarge(standing.files().resolve(change.path()))) {
        leftOut.add(change.path());
      }
    }
    var forced = new ArrayList<String>();
    for (String path : also) {
      Path file = standing.files().resolve(path);
      boolean held = !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && !tooLarge(file);
      (held ? forced : leftOut).add(path);
    }
    Path index = ScratchIndex.of(standing);
    try {
      HiddenFiles.of(git, standing).reveal(git, standing, index);
      var gathering = new Gathering(git, standing, index);
      gathering.all(status, leftOut);
      gathering.ignored(forced);
      leftOut.addAll(gathering.failed());
      ObjectId tree =
          ObjectId.fromString(
              git.must(
                      GitCall.save(standing.place(), "write-tree")
                          .with(ScratchIndex.VARIABLE, index.toString()))
                  .line());
      return new Contents(
          tree, staged.filter(other -> !other.equals(tree)), leftOut, gathering.failed());
    } finally {
      Files.deleteIfExists(index);
    }
  }

  /// An index with conflicts has no tree; its files do.
  private Optional<ObjectId> indexTree(Registration standing) throws IOException {
    Path index = ScratchIndex.of(standing);
    try {
      GitResult tree =
          git.run(
              GitCall.save(standing.place(), "write-tree")
                  .with(ScratchIndex.VARIABLE, index.toString()));
      return tree.ok() ? Optional.of(ObjectId.fromString(tree.line())) : Optional.empty();
    } finally {
      Files.deleteIfExists(index);
    }
  }

  private boolean tooLarge(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) > fileLimitBytes;
  }

  private static boolean holdsNothing(Site site, Optional<ObjectId> head, Contents contents)
      throws IOException {
    return head.isPresent()
        && contents.staged().isEmpty()
        && contents.tree().equals(site.history().tree(head.get()));
  }

  private ObjectId record(
      Site site, Registration standing, Optional<ObjectId> head, Contents contents, int attempt)
      throws IOException {
    String ref = site.names().wip(attempt);
    Optional<ObjectId> last = site.refs().read(ref);
    if (last.isPresent() && holds(site, last.get(), head, contents)) {
      return last.get();
    }
    if (last.isPresent() && lacks(site, contents, last.get())) {
      Keeping.keep(site, site.names().discarded(attempt), last.get());
    }
    String message = "Uncommitted work of " + site.names().display() + ", attempt " + attempt;
    var parents = new ArrayList<ObjectId>();
    head.ifPresent(parents::add);
    Path gitDir = standing.privateDir();
    if (contents.staged().isPresent()) {
      parents.add(
          Commits.write(
              git,
              gitDir,
              contents.staged().get(),
              List.copyOf(parents),
              message + ", staged",
              Commits.SALVOR));
    }
    ObjectId commit = Commits.write(git, gitDir, contents.tree(), parents, message, Commits.SALVOR);
    site.refs().unlock(ref);
    git.must(
        GitCall.save(
            GitPlace.gitDir(site.repository().commonDir()),
            "update-ref",
            "--create-reflog",
            "-m",
            "salvor: snapshot",
            ref,
            commit.name(),
            last.orElse(ObjectId.zeroId()).name()));
    return commit;
  }

  /// Whether an earlier snapshot has files that git cannot add any more, as they were then.
  private static boolean lacks(Site site, Contents contents, ObjectId earlier) throws IOException {
    for (String path : contents.failed()) {
      Optional<ObjectId> had = site.history().file(site.history().tree(earlier), path);
      if (had.isPresent() && !had.equals(site.history().file(contents.tree(), path))) {
        return true;
      }
    }
    return false;
  }

  /// Whether a snapshot holds exactly these contents on top of this HEAD.
  static boolean holds(Site site, ObjectId snapshot, Optional<ObjectId> head, Contents contents)
      throws IOException {
    var commit = site.history().parse(snapshot);
    Optional<ObjectId> staged =
        commit.getParentCount() > 1
            ? Optional.of(site.history().tree(commit.getParent(1)))
            : Optional.empty();
    return commit.getTree().equals(contents.tree())
        && site.history().firstParent(snapshot).equals(head)
        && staged.equals(contents.staged());
  }

  /// An attempt that has thrown its changes away since the last snapshot shall not get them back
  /// with a rebuilt workspace; they stay under another name.
  private static void retire(Site site, Optional<ObjectId> head, int attempt) throws IOException {
    Optional<ObjectId> last = site.refs().read(site.names().wip(attempt));
    if (last.isPresent() && site.history().firstParent(last.get()).equals(head)) {
      Keeping.keep(site, site.names().discarded(attempt), last.get());
      site.refs().delete(site.names().wip(attempt), last.get());
    }
  }
}
