/// Workspaces on real repositories.
@NullMarked
package io.salvor.git;

import org.jspecify.annotations.NullMarked;
