/// The loop without its threads: inputs in, decisions out; deterministic, replayable, simulated.
@NullMarked
package io.salvor.domain.engine;

import org.jspecify.annotations.NullMarked;
