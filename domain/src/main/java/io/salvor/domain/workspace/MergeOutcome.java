package io.salvor.domain.workspace;

import java.util.List;

/// How a merge went, read back from git.
public sealed interface MergeOutcome {
  /// The approved commit is an ancestor of the target, whose tip was `targetCommit` when read back.
  record Merged(String targetCommit) implements MergeOutcome {}

  /// Nothing was changed.
  sealed interface Refused extends MergeOutcome {
    /// For people: one sentence with the names in question.
    String detail();
  }

  /// The two sides change the same lines; nothing was changed.
  record Conflict(List<String> files) implements Refused {
    public Conflict {
      files = List.copyOf(files);
    }

    @Override
    public String detail() {
      return "both sides changed " + String.join(", ", files);
    }
  }

  /// The target is checked out with uncommitted changes in files that the merge touches; nothing
  /// was changed.
  record DirtyOverlap(List<String> files) implements Refused {
    public DirtyOverlap {
      files = List.copyOf(files);
    }

    @Override
    public String detail() {
      return "the checkout of the target has uncommitted changes in " + String.join(", ", files);
    }
  }

  /// A gate did not pass on what would have been merged; nothing was changed.
  record GatesFailed(String detail) implements Refused {}

  /// The target is not where [MergeOrder#onto] says any more; nothing was changed.
  record TargetMoved(String tip) implements Refused {
    @Override
    public String detail() {
      return "the target has moved to " + tip;
    }
  }

  /// The task branch no longer points at the approved commit: the approval is void.
  record Diverged(String head) implements Refused {
    @Override
    public String detail() {
      return "the task branch has moved to " + head;
    }
  }

  /// The task branch, the approved commit or the target branch is not there.
  record Gone(String what) implements Refused {
    /// Of a branch by its name.
    public static Gone branch(String name) {
      return new Gone("branch " + name);
    }

    @Override
    public String detail() {
      return what + " is gone";
    }
  }

  /// Git would not do it for another reason, in its words.
  record Failed(String detail) implements Refused {}
}
