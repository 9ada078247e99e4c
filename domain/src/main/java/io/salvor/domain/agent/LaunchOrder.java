package io.salvor.domain.agent;

import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.DisplayId;
import java.util.Optional;

/// What to start, where.
///
/// @param workspace absolute path, the working directory
/// @param projectRoot the main repository, whose git directory a commit from a linked worktree
///   writes to
/// @param prompt given on standard input
/// @param session the agent's own session to continue, where there is one and the protocol can
public record LaunchOrder(
    AttemptRef attempt,
    DisplayId display,
    Agent agent,
    String workspace,
    String projectRoot,
    String prompt,
    Optional<String> session,
    Limits limits) {}
