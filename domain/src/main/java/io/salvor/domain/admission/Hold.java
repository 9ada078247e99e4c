package io.salvor.domain.admission;

import io.salvor.domain.instance.Freeze;
import io.salvor.domain.provider.Provider;
import io.salvor.domain.provider.Trouble;
import io.salvor.domain.task.Meter;
import java.time.Instant;

/// Why a queued task does not begin.
public sealed interface Hold {
  /// The server is about to stop.
  record Closing() implements Hold {}

  /// Until what is wrong with the server's own place is mended: its store, or its disk.
  ///
  /// @param trouble completes `waits until ...`, with the command that mends it
  record Unwell(String trouble) implements Hold {}

  /// Until somebody lifts the freeze.
  record Frozen(Freeze freeze) implements Hold {}

  /// Until an attempt of these ends.
  ///
  /// @param most so many may be open at once
  record NoSlot(Scope scope, int most) implements Hold {}

  /// Until the open attempt ends, or there is more memory.
  record NoMemory() implements Hold {}

  /// Until the day is over.
  record DaySpent(Scope scope, Meter meter, long spent, long limit, Instant until)
      implements Hold {}

  /// Until the provider's time is over, and then until the attempt that shows how it stands has
  /// shown it.
  ///
  /// @param trouble with what holds it
  record ProviderAway(Provider provider, Trouble trouble, boolean trying, Instant until)
      implements Hold {}

  /// Until a person raises what the project may use.
  record AllSpent(String project, Meter meter, long spent, long limit) implements Hold {}
}
