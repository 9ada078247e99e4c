/// Nothing is lost with the store, the home, or a backup that is worse than another.
@NullMarked
package io.salvor.it.backup;

import org.jspecify.annotations.NullMarked;
