/// Tests with real processes: shell scripts as agents, and Claude Code itself where it is
/// installed.
@NullMarked
package io.salvor.process;

import org.jspecify.annotations.NullMarked;
