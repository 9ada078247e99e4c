/// Workspaces, snapshots and merge on git.
///
/// [GitWorkspaces] is the only door. Behind it, read `Seat` (what may be found where a workspace
/// belongs), `Preparing` (what is then done), `Snapshots`, `Merging` and `Removing`; `Git` is the
/// one place that starts the program, `Refs` and `History` ask JGit. Traces of a crash are told
/// apart by what is written before each step: the owner in `refs/salvor/<TASK>/owner` and as a new
/// worktree's lock reason, a fresh start in `<attempt>/reset`, a merge in `merge/from` and
/// `merge/to`.
@NullMarked
package io.salvor.git;

import org.jspecify.annotations.NullMarked;
