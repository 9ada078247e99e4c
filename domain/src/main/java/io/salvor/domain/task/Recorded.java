package io.salvor.domain.task;

import io.salvor.domain.access.Actor;
import io.salvor.domain.id.TaskId;
import java.time.Instant;

/// A fact with what the fold needs of its record.
///
/// @param seq its place in the log
/// @param actor who brought it about
/// @param at wall-clock time of the decision
public record Recorded(TaskId task, long seq, Actor actor, Instant at, TaskFact fact) {}
