/// What SIGKILL of the server does to agents, records and callers: nothing.
@NullMarked
package io.salvor.it.crash;

import org.jspecify.annotations.NullMarked;
