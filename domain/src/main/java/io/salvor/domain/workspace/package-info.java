/// Where an attempt works: a git worktree and its branch, behind the port
/// [io.salvor.domain.workspace.Workspaces].
@NullMarked
package io.salvor.domain.workspace;

import org.jspecify.annotations.NullMarked;
