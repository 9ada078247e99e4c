package io.salvor.domain.task;

import io.salvor.domain.access.Actor;
import java.util.Optional;

/// That what a dead agent left is to be saved for a review, without any agent.
///
/// @param by who wanted it, and answers for it: an executor from then on
/// @param summary what is said of it; may be empty
/// @param domain field of competence that the work belongs to; empty for the task's own
public record Salvage(Actor by, String summary, Optional<String> domain) {}
