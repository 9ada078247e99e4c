package io.salvor.sqlite;

import io.salvor.domain.task.TaskState.Kind;
import java.time.Instant;
import java.util.Optional;

/// How many tasks are in a state.
///
/// @param oldest since when the one is in it that is in it longest; empty for closed states, which
///   nobody waits in
public record StateCount(Kind state, long tasks, Optional<Instant> oldest) {}
