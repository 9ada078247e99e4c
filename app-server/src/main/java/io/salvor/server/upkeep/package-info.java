/// What a server does for its own place while it runs: it checks the store, minds the disk, and
/// clears away what agents wrote long ago.
@NullMarked
package io.salvor.server.upkeep;

import org.jspecify.annotations.NullMarked;
