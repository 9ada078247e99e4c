/// Workspaces, snapshots and merge on git.
@NullMarked
package io.salvor.git;

import org.jspecify.annotations.NullMarked;
