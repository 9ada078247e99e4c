package io.salvor.domain.journal;

import io.salvor.domain.id.TaskId;

/// A thread of records: a task's own, one of its attempts', or the instance's.
public sealed interface ThreadId {
  /// What happened to the whole instance.
  record OfInstance() implements ThreadId {
    @Override
    public String toString() {
      return "instance";
    }
  }

  /// What happened to the task.
  record OfTask(TaskId task) implements ThreadId {
    @Override
    public String toString() {
      return "task/" + task;
    }
  }

  /// What an attempt's agent said.
  record OfAttempt(TaskId task, int attempt) implements ThreadId {
    @Override
    public String toString() {
      return "attempt/" + task + "/" + attempt;
    }
  }

  /// The thread that `text` names; throws IllegalArgumentException where it names none.
  static ThreadId parse(String text) {
    if (text.equals("instance")) {
      return new OfInstance();
    }
    String[] parts = text.split("/", -1);
    if (parts.length == 2 && parts[0].equals("task")) {
      return new OfTask(TaskId.of(parts[1]));
    }
    if (parts.length == 3 && parts[0].equals("attempt")) {
      return new OfAttempt(TaskId.of(parts[1]), Integer.parseInt(parts[2]));
    }
    throw new IllegalArgumentException("not a thread: " + text);
  }
}
