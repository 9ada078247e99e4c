package io.salvor.domain.agent;

import io.salvor.domain.id.AttemptRef;

/// Which output to follow, from where.
///
/// @param offset where the last accepted batch ended
public record WatchOrder(AttemptRef attempt, Agent agent, ProcessIdentity process, long offset) {}
