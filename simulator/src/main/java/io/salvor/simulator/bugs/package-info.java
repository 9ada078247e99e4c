/// Deliberate faults: each is made in a copy of one source file, compiled, and loaded in place of
/// the real class, to see who finds it. Nothing of them is in what is shipped.
@NullMarked
package io.salvor.simulator.bugs;

import org.jspecify.annotations.NullMarked;
