/// The server: engine loop, effects, gRPC services and wiring.
@NullMarked
package io.salvor.server;

import org.jspecify.annotations.NullMarked;
