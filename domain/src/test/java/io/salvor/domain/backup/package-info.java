@NullMarked
package io.salvor.domain.backup;

import org.jspecify.annotations.NullMarked;
