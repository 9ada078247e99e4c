package io.salvor.domain.task;

import java.util.List;

/// What was decided about one input.
public sealed interface Outcome {
  /// These facts follow; after them the task is `task`.
  record Accepted(Task task, List<Recorded> facts) implements Outcome {
    public Accepted {
      facts = List.copyOf(facts);
    }
  }

  /// A command that cannot be carried out.
  record Refused(Refusal refusal) implements Outcome {}

  /// An observation that says nothing any more.
  record Dropped(String why) implements Outcome {}
}
