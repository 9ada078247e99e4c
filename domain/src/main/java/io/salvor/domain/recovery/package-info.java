/// The recovery matrix: what is to be done about each way in which an attempt can end.
@NullMarked
package io.salvor.domain.recovery;

import org.jspecify.annotations.NullMarked;
