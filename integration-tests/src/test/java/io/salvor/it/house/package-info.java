/// The house itself: which room may know which, and that it is tidy.
@NullMarked
package io.salvor.it.house;

import org.jspecify.annotations.NullMarked;
