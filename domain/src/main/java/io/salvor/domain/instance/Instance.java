package io.salvor.domain.instance;

import io.salvor.domain.access.Actor;
import java.time.Instant;
import java.util.Optional;

/// The whole instance as the fold of its own thread.
///
/// @param freeze empty where attempts may begin
public record Instance(Optional<Freeze> freeze) {

  /// Before the first record.
  public static final Instance NEW = new Instance(Optional.empty());

  /// `evolve`: the instance after one more fact.
  ///
  /// @param by who brought it about
  public Instance after(InstanceFact fact, Actor by, Instant at) {
    return switch (fact) {
      case InstanceFact.Frozen(var level, var reason) ->
          new Instance(Optional.of(new Freeze(level, by, at, reason)));
      case InstanceFact.Unfrozen _ -> new Instance(Optional.empty());
    };
  }
}
