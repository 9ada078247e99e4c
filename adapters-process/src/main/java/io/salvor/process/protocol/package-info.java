/// How each kind of agent is called, and what its output means. Door: [AgentProtocols].
@NullMarked
package io.salvor.process.protocol;

import org.jspecify.annotations.NullMarked;
