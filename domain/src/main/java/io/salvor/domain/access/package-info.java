/// Who acts, and who may judge whose work.
@NullMarked
package io.salvor.domain.access;

import org.jspecify.annotations.NullMarked;
