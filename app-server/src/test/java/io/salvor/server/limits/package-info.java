@NullMarked
package io.salvor.server.limits;

import org.jspecify.annotations.NullMarked;
