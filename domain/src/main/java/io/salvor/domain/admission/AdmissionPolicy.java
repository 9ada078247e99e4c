package io.salvor.domain.admission;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many attempts may be open, and what may be used until no more begin.
///
/// @param maxConcurrent attempts that may be open at once, in all
/// @param perDay what all tasks together may use on a day of UTC
/// @param agents for those of one agent, by its name; of these only the slots count
/// @param projects for those of one project, by its root
public record AdmissionPolicy(
    int maxConcurrent,
    Allowance perDay,
    SortedMap<String, Quota> agents,
    SortedMap<String, Quota> projects) {
  public AdmissionPolicy {
    agents = Collections.unmodifiableSortedMap(new TreeMap<>(agents));
    projects = Collections.unmodifiableSortedMap(new TreeMap<>(projects));
  }

  /// So many attempts at once, and no other limit.
  public AdmissionPolicy(int maxConcurrent) {
    this(maxConcurrent, Allowance.ANY, new TreeMap<>(), new TreeMap<>());
  }

  Quota agent(String name) {
    return agents.getOrDefault(name, Quota.ANY);
  }

  Quota project(String root) {
    return projects.getOrDefault(root, Quota.ANY);
  }
}
