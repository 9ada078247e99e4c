/// A load program: each measurement runs interleaved with a baseline, so that what else the machine
/// does falls on both, and tells their ratio.
///
/// [Main] names the measurements; [Report] is what comes out.
@NullMarked
package io.salvor.bench;

import org.jspecify.annotations.NullMarked;
