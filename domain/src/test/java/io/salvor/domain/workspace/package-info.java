/// The contracts of the ports to workspaces and to the commands in them.
@NullMarked
package io.salvor.domain.workspace;

import org.jspecify.annotations.NullMarked;
