/// From claim to spawn and on to the merge: every step fails or is cut off once, and nothing stays
/// behind.
@NullMarked
package io.salvor.it.saga;

import org.jspecify.annotations.NullMarked;
