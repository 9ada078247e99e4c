/// What can happen to a task.
///
/// Read in this order: [TaskState] (what can be true), [TaskCommand] (what may be asked),
/// [TaskFact] (what has happened), [TaskDecider] (what follows). Nothing in these files can do I/O.
@NullMarked
package io.salvor.domain.task;

import org.jspecify.annotations.NullMarked;
