/// Tests of the simulator, and the stories that every build tells.
@NullMarked
package io.salvor.simulator;

import org.jspecify.annotations.NullMarked;
