package io.salvor.git;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// Questions about commits, answered without starting a process.
final class History {
  private final Repository jgit;

  History(Repository jgit) {
    this.jgit = jgit;
  }

  /// The commit that a revision means, if it means one.
  Optional<ObjectId> commit(String revision) throws IOException {
    try {
      ObjectId object = jgit.resolve(revision + "^{commit}");
      return Optional.ofNullable(object).filter(this::isThere);
    } catch (RevisionSyntaxException | MissingObjectException _) {
      return Optional.empty();
    }
  }

  private boolean isThere(ObjectId object) {
    try {
      return jgit.getObjectDatabase().has(object);
    } catch (IOException _) {
      return false;
    }
  }

  boolean isCommit(AnyObjectId object) throws IOException {
    try (var reader = jgit.newObjectReader()) {
      return reader.open(object).getType() == Constants.OBJ_COMMIT;
    }
  }

  boolean contains(AnyObjectId tip, AnyObjectId commit) throws IOException {
    if (tip.equals(commit)) {
      return true;
    }
    try (var walk = new RevWalk(jgit)) {
      return walk.isMergedInto(walk.parseCommit(commit), walk.parseCommit(tip));
    }
  }

  /// How many commits are in `tip` and not in `base`.
  int ahead(AnyObjectId base, AnyObjectId tip) throws IOException {
    if (base.equals(tip)) {
      return 0;
    }
    int count = 0;
    try (var walk = new RevWalk(jgit)) {
      walk.setRetainBody(false);
      walk.markStart(walk.parseCommit(tip));
      walk.markUninteresting(walk.parseCommit(base));
      while (walk.next() != null) {
        count++;
      }
    }
    return count;
  }

  /// In how many files two commits differ.
  int changedFiles(AnyObjectId one, AnyObjectId other) throws IOException {
    int count = 0;
    try (var walk = new TreeWalk(jgit)) {
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      walk.addTree(tree(one));
      walk.addTree(tree(other));
      while (walk.next()) {
        count++;
      }
    }
    return count;
  }

  ObjectId tree(AnyObjectId commit) throws IOException {
    return parse(commit).getTree().copy();
  }

  /// What a tree has at `path`.
  Optional<ObjectId> file(AnyObjectId tree, String path) throws IOException {
    try (TreeWalk walk = TreeWalk.forPath(jgit, path, tree)) {
      return walk == null ? Optional.empty() : Optional.of(walk.getObjectId(0));
    }
  }

  RevCommit parse(AnyObjectId commit) throws IOException {
    try (var walk = new RevWalk(jgit)) {
      RevCommit parsed = walk.parseCommit(commit);
      walk.parseBody(parsed);
      return parsed;
    }
  }

  Optional<ObjectId> firstParent(AnyObjectId commit) throws IOException {
    RevCommit parsed = parse(commit);
    return parsed.getParentCount() == 0
        ? Optional.empty()
        : Optional.of(parsed.getParent(0).copy());
  }
}
