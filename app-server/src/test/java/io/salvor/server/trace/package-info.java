/// Tests of traces.
@NullMarked
package io.salvor.server.trace;

import org.jspecify.annotations.NullMarked;
