/// Load and micro benchmarks, each a ratio to a baseline in the same run.
@NullMarked
package io.salvor.bench;

import org.jspecify.annotations.NullMarked;
