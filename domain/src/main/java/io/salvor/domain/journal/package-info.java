/// The log of records: the only truth; everything else is a fold of it.
@NullMarked
package io.salvor.domain.journal;

import org.jspecify.annotations.NullMarked;
