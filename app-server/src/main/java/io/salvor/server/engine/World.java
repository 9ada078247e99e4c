package io.salvor.server.engine;

import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.workspace.WorkspaceCommands;
import io.salvor.domain.workspace.Workspaces;

/// What effects act on.
///
/// @param lineage the store's, written beside every workspace
public record World(
    String lineage,
    Workspaces workspaces,
    WorkspaceCommands commands,
    AgentProcesses processes,
    Documents documents,
    SetupMarks setupMarks) {}
