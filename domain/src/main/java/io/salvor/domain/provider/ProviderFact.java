package io.salvor.domain.provider;

import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.task.Ending.Reason;
import java.time.Instant;
import java.util.Optional;

/// What has happened to a provider. Written before it is acted on; never changed.
public sealed interface ProviderFact {
  /// Of which.
  Provider provider();

  /// An attempt ended for it.
  ///
  /// @param hold where no attempt of it begins for a while
  record Failed(Provider provider, AttemptRef attempt, Reason reason, Optional<Hold> hold)
      implements ProviderFact {}

  /// For how long.
  ///
  /// @param times how often in a row
  record Hold(Instant until, int times) {}

  /// The time is over, and this attempt shows how it stands.
  record Tried(Provider provider, AttemptRef attempt) implements ProviderFact {}

  /// The attempt that was to show it ended without having shown anything.
  record Untold(Provider provider) implements ProviderFact {}

  /// It answered.
  record Served(Provider provider) implements ProviderFact {}
}
