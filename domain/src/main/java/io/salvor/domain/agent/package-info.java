/// What runs in a workspace: launch recipes, normalised events, evidence of an end, behind the port
/// [io.salvor.domain.agent.AgentProcesses].
@NullMarked
package io.salvor.domain.agent;

import org.jspecify.annotations.NullMarked;
