@NullMarked
package io.salvor.domain.admission;

import org.jspecify.annotations.NullMarked;
