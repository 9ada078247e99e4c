package io.salvor.domain.engine;

import io.salvor.domain.id.TaskId;
import java.util.List;

/// What the durable state wants done in the world, as far as that has changed.
///
/// @param now effects to begin
/// @param noLonger tasks of which something may still be under way and nothing is wanted any more
public record Wanted(List<Effect> now, List<TaskId> noLonger) {
  public Wanted {
    now = List.copyOf(now);
    noLonger = List.copyOf(noLonger);
  }
}
