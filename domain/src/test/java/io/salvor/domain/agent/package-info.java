/// The contract of the port to the agents' processes.
@NullMarked
package io.salvor.domain.agent;

import org.jspecify.annotations.NullMarked;
