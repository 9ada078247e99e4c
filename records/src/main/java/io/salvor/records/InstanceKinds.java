package io.salvor.records;

import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.record.v1.FreezeLevel;
import io.salvor.record.v1.InstanceFrozen;
import io.salvor.record.v1.InstanceUnfrozen;
import java.util.List;
import java.util.Optional;

/// Records about the whole instance: every kind that was ever written.
final class InstanceKinds {
  private static final Same<Freeze.Level, FreezeLevel> LEVEL =
      Same.of(Freeze.Level.class, FreezeLevel.class, "FREEZE_LEVEL_");

  static final Kind.Current<InstanceFact, ?, ?> FROZEN =
      new Kind.Current<>(
          "salvor.instance.frozen.v1",
          InstanceFact.Frozen.class,
          fact ->
              InstanceFrozen.newBuilder()
                  .setLevel(LEVEL.stored(fact.level()))
                  .setReason(fact.reason())
                  .build(),
          InstanceFrozen.parser(),
          stored -> new InstanceFact.Frozen(LEVEL.ours(stored.getLevel()), stored.getReason()));

  static final Kind.Current<InstanceFact, ?, ?> UNFROZEN =
      new Kind.Current<>(
          "salvor.instance.unfrozen.v1",
          InstanceFact.Unfrozen.class,
          fact -> InstanceUnfrozen.newBuilder().setReason(fact.reason()).build(),
          InstanceUnfrozen.parser(),
          stored -> new InstanceFact.Unfrozen(stored.getReason()));

  private static final List<Kind<InstanceFact>> ALL = List.of(FROZEN, UNFROZEN);

  private InstanceKinds() {}

  /// How a fact is written.
  static Kind.Current<InstanceFact, ?, ?> of(InstanceFact fact) {
    return switch (fact) {
      case InstanceFact.Frozen _ -> FROZEN;
      case InstanceFact.Unfrozen _ -> UNFROZEN;
    };
  }

  /// The kind of this name; empty where only a newer Salvor knows it.
  static Optional<Kind<InstanceFact>> named(String name) {
    return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst();
  }
}
