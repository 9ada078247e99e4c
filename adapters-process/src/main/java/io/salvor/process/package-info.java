/// The agents' processes and the workspaces' commands on Linux, behind the ports
/// [io.salvor.domain.agent.AgentProcesses] and [io.salvor.domain.workspace.WorkspaceCommands].
///
/// Doors: [LinuxAgentProcesses], [LinuxWorkspaceCommands]. To read, in this order: the shim
/// (`shim.sh`, which starts and outlives everything), [FlightRecorder] (the files it leaves),
/// [Spawner], [OutputWatch], [AttemptEnder].
@NullMarked
package io.salvor.process;

import org.jspecify.annotations.NullMarked;
