/// What was used on which day in which project, over all tasks: a fold of the log.
///
/// Days are those of UTC, by the time of the record that told of the use.
@NullMarked
package io.salvor.domain.spending;

import org.jspecify.annotations.NullMarked;
