@NullMarked
package io.salvor.domain.recovery;

import org.jspecify.annotations.NullMarked;
