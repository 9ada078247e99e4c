package io.salvor.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// The paths in which two trees differ.
///
/// @param unreadable those of them whose names are not in UTF-8: neither git's words nor the disk
///   have them as they read here
record Changes(List<Change> paths, List<String> unreadable) {
  Changes {
    paths = List.copyOf(paths);
    unreadable = List.copyOf(unreadable);
  }

  /// What a path holds in one tree; [#ABSENT] where it holds nothing.
  record Entry(int mode, ObjectId id) {
    static final Entry ABSENT = new Entry(0, ObjectId.zeroId());

    boolean absent() {
      return mode == 0;
    }

    boolean link() {
      return FileMode.SYMLINK.equals(mode);
    }

    boolean executable() {
      return FileMode.EXECUTABLE_FILE.equals(mode);
    }
  }

  /// One path, on either side.
  record Change(String path, Entry from, Entry to) {}

  static Changes between(Repository repository, ObjectId fromTree, ObjectId toTree)
      throws IOException {
    var paths = new ArrayList<Change>();
    var unreadable = new ArrayList<String>();
    try (var walk = new TreeWalk(repository)) {
      walk.addTree(fromTree);
      walk.addTree(toTree);
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        paths.add(new Change(walk.getPathString(), entry(walk, 0), entry(walk, 1)));
        String name = new String(walk.getRawPath(), StandardCharsets.UTF_8);
        if (!Arrays.equals(name.getBytes(StandardCharsets.UTF_8), walk.getRawPath())) {
          unreadable.add(name);
        }
      }
    }
    return new Changes(paths, unreadable);
  }

  private static Entry entry(TreeWalk walk, int side) {
    int mode = walk.getRawMode(side);
    return mode == 0 ? Entry.ABSENT : new Entry(mode, walk.getObjectId(side));
  }
}
