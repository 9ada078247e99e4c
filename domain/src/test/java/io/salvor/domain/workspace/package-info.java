/// The contract of workspaces, and a world without disk or processes that keeps it.
@NullMarked
package io.salvor.domain.workspace;

import org.jspecify.annotations.NullMarked;
