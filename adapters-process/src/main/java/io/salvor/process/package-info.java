/// Agents as operating system processes.
@NullMarked
package io.salvor.process;

import org.jspecify.annotations.NullMarked;
