/// The server as seen from outside: start, stop, status, logs.
@NullMarked
package io.salvor.cli.server;

import org.jspecify.annotations.NullMarked;
