/// The map of the server: what is made of what.
@NullMarked
package io.salvor.server.wiring;

import org.jspecify.annotations.NullMarked;
