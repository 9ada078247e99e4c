package io.salvor.simulator;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.workspace.BroughtIn;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One project's repository: a target branch as the set of commits in it, and a branch with a
/// worktree for each task.
final class SimRepository {
  private final TreeMap<TaskId, Branch> branches = new TreeMap<>();
  private final TreeSet<String> target = new TreeSet<>();
  private String tip;
  private int commits;
  private final TreeSet<String> remote = new TreeSet<>();
  private boolean dirtyCheckout;
  private boolean remoteClosed;
  private boolean locked;

  SimRepository() {
    tip = newCommit();
    target.add(tip);
  }

  /// A task's branch and what is in its worktree.
  private static final class Branch {
    private final String base;
    private final List<String> commits = new ArrayList<>();
    private boolean exists = true;
    private boolean present;
    private boolean conflicts;
    private boolean merging;
    private int uncommitted;
    private int freshFor;

    Branch(String base) {
      this.base = base;
    }

    String head() {
      return commits.isEmpty() ? base : commits.getLast();
    }
  }

  /// Makes the branch, and the worktree in another step. A branch that is gone is made anew.
  void makeBranch(TaskId task) {
    Branch branch = branches.get(task);
    if (branch == null || !branch.exists) {
      branches.put(task, new Branch(tip));
    }
  }

  Workspace makeWorktree(TaskId task, int attempt, boolean fresh) {
    Branch branch = branch(task);
    branch.present = true;
    if (fresh && branch.freshFor != attempt) {
      branch.commits.clear();
      branch.uncommitted = 0;
      branch.merging = false;
      branch.freshFor = attempt;
    }
    return new Workspace("/work/project-" + task, "task/" + task, branch.base);
  }

  /// Merges the target into the branch; a merge that is under way goes on.
  BroughtIn bringIn(TaskId task) {
    Branch branch = branch(task);
    if (branch.merging || branch.conflicts) {
      branch.merging = true;
      branch.uncommitted = Math.max(1, branch.uncommitted);
      return new BroughtIn.Conflicts(branch.head(), tip, List.of("fence.txt"));
    }
    if (!branch.commits.isEmpty()) {
      branch.commits.add(newCommit());
    }
    return new BroughtIn.Clean(tip);
  }

  boolean hasBranch(TaskId task) {
    Branch branch = branches.get(task);
    return branch != null && branch.exists;
  }

  boolean hasWorktree(TaskId task) {
    return hasBranch(task) && branch(task).present;
  }

  void commit(TaskId task) {
    if (hasBranch(task)) {
      Branch branch = branch(task);
      branch.commits.add(newCommit());
      branch.uncommitted = 0;
      branch.conflicts &= !branch.merging;
      branch.merging = false;
    }
  }

  void leaveFiles(TaskId task) {
    if (hasWorktree(task)) {
      branch(task).uncommitted++;
    }
  }

  /// Saves what is not committed, and says what is there.
  WorkspaceSummary snapshot(TaskId task) {
    if (!hasBranch(task)) {
      return WorkspaceSummary.NONE;
    }
    Branch branch = branch(task);
    return new WorkspaceSummary(
        branch.present,
        Optional.of(branch.head()),
        branch.commits.size(),
        branch.uncommitted,
        branch.uncommitted > 0 ? Optional.of("e".repeat(40)) : Optional.empty());
  }

  WorkspaceSummary inspect(TaskId task) {
    WorkspaceSummary found = snapshot(task);
    return new WorkspaceSummary(
        found.present(),
        found.head(),
        found.commitsAhead(),
        found.uncommittedFiles(),
        Optional.empty());
  }

  /// Whether somebody holds a lock that git wants.
  boolean isLocked() {
    return locked;
  }

  void unlock() {
    locked = false;
  }

  /// Why a merge would change nothing, if it would.
  @Nullable MergeOutcome obstacle(TaskId task, String commit) {
    if (target.contains(commit)) {
      return null;
    }
    if (locked) {
      return new MergeOutcome.Failed("index.lock is there");
    }
    if (!hasBranch(task)) {
      return new MergeOutcome.Gone("task/" + task);
    }
    Branch branch = branch(task);
    if (!branch.head().equals(commit)) {
      return new MergeOutcome.Diverged(branch.head());
    }
    if (branch.conflicts) {
      return new MergeOutcome.Conflict(List.of("fence.txt"));
    }
    return dirtyCheckout ? new MergeOutcome.DirtyOverlap(List.of("fence.txt")) : null;
  }

  /// Whether the target has moved, so that a merge would make what nobody has seen.
  boolean mergeIsNew(TaskId task, String commit) {
    return !target.contains(commit) && !branch(task).base.equals(tip);
  }

  /// Moves the target forward; does nothing where that was done before.
  void merge(TaskId task, String commit) {
    if (target.contains(commit)) {
      return;
    }
    target.add(branch(task).base);
    target.addAll(branch(task).commits);
    tip = newCommit();
    target.add(tip);
  }

  String tip() {
    return tip;
  }

  /// Takes the target at this commit, or refuses.
  boolean push(String commit) {
    if (!remoteClosed) {
      remote.add(commit);
    }
    return !remoteClosed;
  }

  boolean remoteHas(String commit) {
    return remote.contains(commit);
  }

  boolean targetContains(String commit) {
    return target.contains(commit);
  }

  /// Somebody does something to the repository.
  String happen(Dice dice, @Nullable TaskId task, Consumer<Fault> note) {
    int what = dice.below(10);
    if (what == 7) {
      locked = !locked;
      note.accept(Fault.GIT_LOCKED);
      return "git is " + (locked ? "locked" : "free again");
    }
    if (what == 0) {
      tip = newCommit();
      target.add(tip);
      note.accept(Fault.TARGET_MOVED);
      return "somebody commits to the target";
    }
    if (what == 1) {
      dirtyCheckout = !dirtyCheckout;
      note.accept(Fault.TARGET_CHECKOUT_DIRTY);
      return "the target's checkout is " + (dirtyCheckout ? "dirty" : "clean");
    }
    if (what == 6) {
      remoteClosed = !remoteClosed;
      note.accept(Fault.REMOTE_CLOSED);
      return "the remote is " + (remoteClosed ? "closed" : "open");
    }
    if (task == null || !hasBranch(task)) {
      return "nothing happens";
    }
    Branch branch = branch(task);
    switch (what) {
      case 2 -> branch.conflicts = !branch.conflicts;
      case 3 -> branch.present = false;
      case 4 -> branch.exists = false;
      default -> commit(task);
    }
    note.accept(
        switch (what) {
          case 2 -> Fault.WORK_CONFLICTS;
          case 3 -> Fault.WORKTREE_DELETED;
          case 4 -> Fault.BRANCH_DELETED;
          default -> Fault.BRANCH_MOVED_BY_A_PERSON;
        });
    return switch (what) {
      case 2 -> "the work of " + task + (branch.conflicts ? " conflicts" : " fits again");
      case 3 -> "somebody deletes the worktree of " + task;
      case 4 -> "somebody deletes the branch of " + task;
      default -> "somebody commits to the branch of " + task;
    };
  }

  private Branch branch(TaskId task) {
    Branch branch = branches.get(task);
    if (branch == null) {
      throw new IllegalStateException("no branch of " + task);
    }
    return branch;
  }

  private String newCommit() {
    commits++;
    String digits = Integer.toHexString(commits);
    return "0".repeat(40 - digits.length()) + digits;
  }
}
