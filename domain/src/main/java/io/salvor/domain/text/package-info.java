/// Words as people paste them.
@NullMarked
package io.salvor.domain.text;

import org.jspecify.annotations.NullMarked;
