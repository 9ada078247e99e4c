package io.salvor.domain.agent;

import java.util.OptionalInt;

/// What is known of how a process ended.
public sealed interface Exit {
  /// The status that the shim's shell saw. Above 128 it may mean a signal or may not: 137 and
  /// SIGKILL look alike.
  ///
  /// @param usedByProtocol whether the agent's own program is known to exit with this status
  /// @param providerStatus the HTTP status of the agent's provider, where the agent's own program
  ///   is known to tell it so
  record Status(int value, boolean usedByProtocol, OptionalInt providerStatus) implements Exit {
    /// A status that says nothing of the provider.
    public Status(int value, boolean usedByProtocol) {
      this(value, usedByProtocol, OptionalInt.empty());
    }

    /// The signal that the status would stand for, 0 for none.
    public int possibleSignal() {
      return value > 128 && value <= 128 + 64 ? value - 128 : 0;
    }
  }

  /// No status was left: host lost, or the shim killed with the agent.
  record Unknown() implements Exit {}
}
