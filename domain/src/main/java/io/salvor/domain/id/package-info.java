/// Names of tasks and attempts.
@NullMarked
package io.salvor.domain.id;

import org.jspecify.annotations.NullMarked;
