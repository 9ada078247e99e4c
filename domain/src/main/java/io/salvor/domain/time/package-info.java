/// Time as it enters a decision: read outside, carried inside.
@NullMarked
package io.salvor.domain.time;

import org.jspecify.annotations.NullMarked;
