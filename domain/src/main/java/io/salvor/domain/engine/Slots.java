package io.salvor.domain.engine;

import io.salvor.domain.admission.Held;
import io.salvor.domain.task.Task;
import java.util.TreeMap;

/// Counts the attempts that hold a slot. Used by one thread.
final class Slots {
  private final TreeMap<String, Integer> agents = new TreeMap<>();
  private final TreeMap<String, Integer> projects = new TreeMap<>();
  private int all;

  /// Counts the task where it holds one.
  void add(Task task) {
    if (task.holdsSlot()) {
      all++;
      agents.merge(task.spec().agent().name(), 1, Integer::sum);
      projects.merge(task.spec().project(), 1, Integer::sum);
    }
  }

  /// Takes back what was counted for it.
  void remove(Task task) {
    if (task.holdsSlot()) {
      all--;
      agents.computeIfPresent(task.spec().agent().name(), (_, n) -> n == 1 ? null : n - 1);
      projects.computeIfPresent(task.spec().project(), (_, n) -> n == 1 ? null : n - 1);
    }
  }

  void clear() {
    all = 0;
    agents.clear();
    projects.clear();
  }

  Held held() {
    return new Held(all, agents, projects);
  }
}
