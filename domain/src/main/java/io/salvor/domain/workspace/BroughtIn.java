package io.salvor.domain.workspace;

import java.util.List;

/// What came of bringing a target's tip into a task's branch.
public sealed interface BroughtIn {
  /// Full hash of the target's tip.
  String commit();

  /// It is in the branch: merged now without a conflict, or there before.
  record Clean(String commit) implements BroughtIn {}

  /// The merge is under way: the files hold both sides with git's marks, and it is to be finished
  /// with a commit.
  ///
  /// @param head full hash of the branch's tip, which the merge has not moved
  /// @param files those that still have conflicts, in the order of their names
  record Conflicts(String head, String commit, List<String> files) implements BroughtIn {
    public Conflicts {
      files = List.copyOf(files);
    }
  }

  /// The merge was not begun: it would have lost what is not committed in these files.
  record InTheWay(String commit, List<String> files) implements BroughtIn {
    public InTheWay {
      files = List.copyOf(files);
    }
  }
}
