package io.salvor.server.backup;

import io.salvor.domain.backup.Admission;
import io.salvor.domain.backup.Generation;
import io.salvor.domain.backup.Head;
import io.salvor.sqlite.SqliteStore;
import java.util.List;
import java.util.Optional;

/// Whether a store says anything that its backups do not say.
record News(SqliteStore store, Vault vault) {
  /// What to answer in place of a new backup; empty where one is due.
  Optional<Backups.Outcome.Unchanged> none() {
    Head now = head();
    List<Generation> there = vault.generations();
    if (now.seq() == 0 && there.isEmpty()) {
      return Optional.of(new Backups.Outcome.Unchanged(Optional.empty()));
    }
    boolean news =
        Generation.best(now.lineage(), there)
            .map(best -> store.hasNewsSince(best.head().seq()))
            .orElse(true);
    return Admission.unchanged(now, news, there)
        .map(it -> new Backups.Outcome.Unchanged(vault.backup(it.name())));
  }

  private Head head() {
    var identity = store.identity();
    return new Head(identity.lineage().toString(), identity.epoch(), store.records().lastSeq(), "");
  }
}
