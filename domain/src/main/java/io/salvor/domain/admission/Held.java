package io.salvor.domain.admission;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many attempts are open.
///
/// @param all in all
/// @param agents by the agent's name; who has none is left out
/// @param projects by the project's root; which has none is left out
public record Held(
    int all, SortedMap<String, Integer> agents, SortedMap<String, Integer> projects) {
  /// None.
  public static final Held NONE = new Held(0, new TreeMap<>(), new TreeMap<>());

  public Held {
    agents = Collections.unmodifiableSortedMap(new TreeMap<>(agents));
    projects = Collections.unmodifiableSortedMap(new TreeMap<>(projects));
  }
}
