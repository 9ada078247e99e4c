package io.salvor.domain.task;

import io.salvor.domain.access.Actor;
import java.util.Optional;

/// Who accepted work, and what was said with it.
///
/// @param notes for people; may be empty
/// @param domain the field of competence in which it was judged; empty where none was named
public record Verdict(Actor by, String notes, Optional<String> domain) {}
