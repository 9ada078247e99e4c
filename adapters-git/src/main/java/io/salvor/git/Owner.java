package io.salvor.git;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.workspace.WorkspaceOrder;
import java.util.Optional;

/// Whose a workspace is. Written into the repository before anything else of the workspace is made.
record Owner(DisplayId display, TaskId task, String lineage) {
  private static final String WORD = "salvor";

  Owner {
    if (lineage.isBlank() || lineage.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("not a lineage: '" + lineage + "'");
    }
  }

  static Owner of(WorkspaceOrder order) {
    return new Owner(order.display(), order.task(), order.lineage());
  }

  static Optional<Owner> parse(String line) {
    String[] words = line.strip().split(" ", 4);
    if (words.length != 4 || !words[0].equals(WORD)) {
      return Optional.empty();
    }
    try {
      TaskId task = TaskId.of(words[2]);
      return DisplayId.parse(words[1]).map(display -> new Owner(display, task, words[3]));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// One line that [#parse] reads back.
  String line() {
    return WORD + " " + display + " " + task + " " + lineage;
  }

  /// For people.
  String named() {
    return "task " + task + " of store " + lineage;
  }
}
