/// The short share of the hunt for deliberate faults.
@NullMarked
package io.salvor.simulator.bugs;

import org.jspecify.annotations.NullMarked;
