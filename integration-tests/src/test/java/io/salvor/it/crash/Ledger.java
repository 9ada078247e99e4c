package io.salvor.it.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a server has acknowledged, as its callers remember it. Thread-safe.
final class Ledger {
  private final Map<String, StormAgent> asked = new TreeMap<>();
  private final Map<String, String> created = new TreeMap<>();
  private final List<String> comments = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();

  /// About to ask for a task of this title.
  synchronized void asking(String title, StormAgent agent) {
    asked.put(title, agent);
  }

  /// The server answered with this task.
  synchronized void created(String title, String name) {
    created.put(title, name);
  }

  synchronized void commented(String text) {
    comments.add(text);
  }

  /// The server agreed to cancel it.
  synchronized void cancelled(String name) {
    cancelled.add(name);
  }

  synchronized Map<String, StormAgent> asked() {
    return new TreeMap<>(asked);
  }

  /// Names by title.
  synchronized Map<String, String> created() {
    return new TreeMap<>(created);
  }

  synchronized List<String> comments() {
    return List.copyOf(comments);
  }

  synchronized List<String> cancelled() {
    return List.copyOf(cancelled);
  }
}
