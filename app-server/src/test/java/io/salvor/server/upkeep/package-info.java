@NullMarked
package io.salvor.server.upkeep;

import org.jspecify.annotations.NullMarked;
