package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/// Refuses by name trees that `git worktree add` would check out incompletely.
///
/// Remembers the trees it found good, since many tasks start from the same. Safe for use by many
/// threads.
final class SupportedContent {
  private static final int REMEMBERED = 64;
  private static final int ATTRIBUTES_LIMIT_BYTES = 1 << 20;
  private static final Pattern LFS = Pattern.compile("(?m)^[^#\\n]*\\sfilter=lfs(\\s|$)");

  private final Map<ObjectId, Boolean> good =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectId, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  void require(Repository repository, ObjectId tree) throws IOException, Unworkable {
    synchronized (good) {
      if (good.containsKey(tree)) {
        return;
      }
    }
    search(repository, tree);
    synchronized (good) {
      good.put(tree.copy(), true);
    }
  }

  private static void search(Repository repository, ObjectId tree) throws IOException, Unworkable {
    try (var walk = new TreeWalk(repository)) {
      walk.addTree(tree);
      while (walk.next()) {
        if (walk.isSubtree()) {
          walk.enterSubtree();
        } else if (FileMode.GITLINK.equals(walk.getRawMode(0))) {
          throw new Unworkable(
              Kind.UNSUPPORTED_SUBMODULES, walk.getPathString() + " is a submodule", "");
        } else if (".gitattributes".equals(walk.getNameString()) && asksForLfs(walk)) {
          throw new Unworkable(
              Kind.UNSUPPORTED_LFS, walk.getPathString() + " asks for Git LFS", "");
        }
      }
    }
  }

  private static boolean asksForLfs(TreeWalk walk) throws IOException {
    var blob = walk.getObjectReader().open(walk.getObjectId(0));
    if (blob.getSize() > ATTRIBUTES_LIMIT_BYTES) {
      return false;
    }
    return LFS.matcher(new String(blob.getBytes(), StandardCharsets.UTF_8)).find();
  }
}
