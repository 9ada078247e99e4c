/// The simulated world: disk, processes, git and operators, seeded, in virtual time.
@NullMarked
package io.salvor.simulator;

import org.jspecify.annotations.NullMarked;
