package io.salvor.server.engine;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Refusal;
import io.salvor.domain.task.Task;
import java.util.Optional;

/// What an input came to. Everything it rests on is durable.
public sealed interface Reply {
  /// It was carried out.
  ///
  /// @param task as the decision left it; empty where it was about no single task
  /// @param seq last record of the decision
  record Done(Optional<Task> task, long seq) implements Reply {}

  /// The same request was carried out before.
  ///
  /// @param task which task it was about; empty where it was about the whole instance
  record DoneBefore(Optional<TaskId> task, long seq) implements Reply {}

  /// It was not carried out.
  record Refused(Refusal refusal) implements Reply {}

  /// Nothing followed from it.
  record Nothing(String why) implements Reply {}
}
