/// A task's records as a tree of spans.
@NullMarked
package io.salvor.server.trace;

import org.jspecify.annotations.NullMarked;
