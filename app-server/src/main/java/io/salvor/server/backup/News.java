package io.salvor.server.backup;

import io.salvor.domain.backup.Admission;
import io.salvor.domain.backup.Generation;
import io.salvor.domain.backup.Head;
import io.salvor.sqlite.SqliteStore;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/// Whether a store says anything that its backups do not say.
///
/// @param now where its log ends
/// @param since whether it has records after this one that are not themselves about backups
record News(Head now, LongPredicate since, Vault vault) {
  static News of(SqliteStore store, Vault vault) {
    var identity = store.identity();
    var now =
        new Head(identity.lineage().toString(), identity.epoch(), store.records().lastSeq(), "");
    return new News(now, store::hasNewsSince, vault);
  }

  /// What to answer in place of a new backup; empty where one is due.
  Optional<Backups.Outcome.Unchanged> none() {
    List<Generation> there = vault.generations();
    if (now.seq() == 0 && there.isEmpty()) {
      return Optional.of(new Backups.Outcome.Unchanged(Optional.empty()));
    }
    boolean news =
        Generation.best(now.lineage(), there)
            .map(best -> since.test(best.head().seq()))
            .orElse(true);
    return Admission.unchanged(now, news, there)
        .map(it -> new Backups.Outcome.Unchanged(vault.backup(it.name())));
  }
}
