package io.salvor.domain.workspace;

import io.salvor.domain.id.DisplayId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The project's repositories and the worktrees beside them.
///
/// Every method may be repeated: after a crash the engine asks again. Safe for use by many threads;
/// at most one mutating git command runs at a time per repository. The user's main checkout is
/// never touched, with one exception: [#merge] moves a checkout of the target branch forward.
///
/// Methods throw [WorkspacesUnavailable] where git or the file system does not answer as it should.
public interface Workspaces {

  /// Looks at the repository that holds `directory`.
  ProjectView inspectProject(String directory);

  /// Whether the project has a branch of this name, which is without `refs/heads/`.
  boolean hasBranch(String projectRoot, String name);

  /// Whether a revision of the project means a commit.
  boolean hasCommit(String projectRoot, String revision);

  /// Makes the workspace, or finds it made, over every mix of existing directory, registration,
  /// branch and lock. A deleted worktree is rebuilt from its branch and the newest snapshot.
  ///
  /// @param attempt which attempt will work there
  /// @param fresh true to begin at the base again: commits and uncommitted work of earlier attempts
  ///   are first kept under `refs/salvor/<TASK>/<attempt - 1>/`, then the branch and the files go
  ///   back to the base, with the copied files; once per attempt
  Preparation prepare(WorkspaceOrder order, int attempt, boolean fresh);

  /// Brings the tip of `target`, a branch name without `refs/heads/`, into the task's branch, in
  /// its workspace: merged and committed where both sides fit, else left with the conflicts in the
  /// files. A merge that is under way there is taken as it stands.
  ///
  /// @return empty where there is no such branch
  Optional<BroughtIn> bringIn(WorkspaceOrder order, String target);

  /// Looks at the workspace without changing anything. [WorkspaceSummary#snapshot] is empty, unless
  /// the workspace is gone: then the summary tells what a rebuilt one would hold.
  WorkspaceSummary inspect(WorkspaceOrder order);

  /// Saves uncommitted work to `refs/salvor/<TASK>/<attempt>/wip`, leaving index and files alone.
  /// What was committed on another branch, or on none, and goes on from the task's branch is then
  /// on that branch too, and HEAD with it. Where the workspace is gone, the summary tells what a
  /// rebuilt one would hold.
  WorkspaceSummary snapshot(WorkspaceOrder order, int attempt);

  /// Saves uncommitted work to the same place while an agent is at it, and changes nothing else.
  ///
  /// @return the commit that holds it; empty where there is none, or no workspace
  Optional<String> save(WorkspaceOrder order, int attempt);

  /// Files in the workspace that a merge left with both sides in them.
  List<String> unresolved(WorkspaceOrder order);

  /// Commits everything in the workspace that is not committed, hooks bypassed: what a dead agent
  /// left is not to be refused by what it could not satisfy. Nothing where all is committed.
  RescueOutcome rescue(WorkspaceOrder order, String message);

  /// What an agent should know of work that is already there: `git log` and diffstat since the
  /// base, then the names of uncommitted files; bounded to about 16 KiB.
  String briefing(WorkspaceOrder order);

  /// The work as a diff in git's form, handed over piece by piece, each at most 64 KiB; any bytes.
  ///
  /// @param stat only files and counts of lines
  void diff(WorkspaceOrder order, DiffScope scope, boolean stat, Consumer<byte[]> pieces);

  /// Makes what the merge would make of its target, in a checkout of its own and on no branch. One
  /// that an earlier call left is cleared away first.
  MergeTrial tryMerge(WorkspaceOrder order, MergeOrder merge);

  /// Clears away what [#tryMerge] made; nothing where there is none.
  void endTrial(WorkspaceOrder order);

  /// Merges and reads the result back.
  MergeOutcome merge(MergeOrder order);

  /// Pushes a commit to a remote; again where that was done before, which changes nothing.
  PushOutcome push(PushOrder order);

  /// The remotes that a project's configuration names.
  List<String> remotes(String projectRoot);

  /// Removes the workspace if all that is in it is provably reachable elsewhere.
  Removal remove(WorkspaceOrder order);

  /// Workspaces registered in the project by any owner.
  List<Registered> list(String projectRoot);

  /// A workspace that `git worktree` knows.
  ///
  /// @param owner lineage written beside it
  record Registered(DisplayId display, String owner, String path, boolean present) {}
}
