/// The whole system in one thread, with a world that is made of nothing but numbers.
///
/// The real engine core and the real codec run against a simulated disk, simulated repositories,
/// processes, people and clocks. A story is told step by step from a seed; between any two steps
/// the server may go down. After each step the oracles ask whether the invariants still hold.
///
/// Read in this order: [Dice] (all chance comes from it), [Plot] (what a story may contain),
/// [World] (what there is), [SimServer] (the engine's loop in steps), [Oracles] (what must be
/// true), [Simulation] (one story), [SalvorSim] (many).
@NullMarked
package io.salvor.simulator;

import org.jspecify.annotations.NullMarked;
