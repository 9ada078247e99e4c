/// The contract of the log, and histories to try it with.
@NullMarked
package io.salvor.domain.journal;

import org.jspecify.annotations.NullMarked;
