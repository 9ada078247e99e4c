/// The one codec between facts and stored bytes, and the projections as pure row changes.
@NullMarked
package io.salvor.records;

import org.jspecify.annotations.NullMarked;
