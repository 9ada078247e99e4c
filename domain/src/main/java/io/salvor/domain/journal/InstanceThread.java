package io.salvor.domain.journal;

import io.salvor.domain.instance.Instance;

/// The instance with what is needed to write on in its thread.
///
/// @param clock of the last record in it; 0 for none
public record InstanceThread(Instance instance, long clock) {

  /// Before the first record.
  public static final InstanceThread NEW = new InstanceThread(Instance.NEW, 0);

  /// The thread after one more statement.
  public InstanceThread after(Statement.OfInstance statement) {
    return new InstanceThread(
        instance.after(statement.fact(), statement.actor(), statement.at()), clock + 1);
  }
}
