@NullMarked
package io.salvor.offhost;

import org.jspecify.annotations.NullMarked;
