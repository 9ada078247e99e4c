package io.salvor.server.backup;

import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.Generation;
import io.salvor.domain.backup.Head;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.server.backup.Remnants.Remnant;
import io.salvor.server.config.Home;
import io.salvor.sqlite.Remains;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreFiles;
import io.salvor.sqlite.StoreSalvage;
import io.salvor.sqlite.StoreTakeover;
import io.salvor.v1.Backup;
import io.salvor.v1.StorePart;
import io.salvor.v1.StoreRepair;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// Makes a home's damaged store whole again, of its newest verified backup, of the segments that
/// were written down since, and of all its own records that still follow on those. The home's lock
/// must be held.
///
/// Nothing is deleted: the damaged store is moved aside with all its files. Cut short anywhere, the
/// same command again brings it to its end: where the store was moved aside already and none had
/// taken its place, it is read there.
public final class Repairing implements AutoCloseable {
  /// Lies in a home only while it is repaired, or after that was cut short.
  static final String STAGING = ".repairing";

  private final Home home;
  private final Vault vault;
  private final InstantSource clock;
  private final Path staging;

  /// @param vault the home's own
  public Repairing(Home home, Vault vault, InstantSource clock) {
    this.home = home;
    this.vault = vault;
    this.clock = clock;
    this.staging = home.root().resolve(STAGING);
  }

  /// What is to be done.
  public sealed interface Step {
    /// What is told before.
    StoreRepair told();

    /// The store is as it should be.
    record Nothing(StoreRepair told) implements Step {}

    /// The tables that are folds of the log are made anew.
    record Refold(StoreRepair told) implements Step {}

    /// A new store takes the place of the one that is there.
    ///
    /// @param remains that it is made of, the best first
    /// @param backup the backup that is among them; empty for none
    record Remake(StoreRepair told, UUID lineage, List<Remains> remains, String backup)
        implements Step {}
  }

  /// Looks what has to be done, reading all that there is. What it copies for that stays until this
  /// is closed.
  ///
  /// @throws BackupFailed where nothing is left that could be repaired
  public Step plan() throws IOException {
    Disk.remove(staging);
    StoreChecking.Found found = new StoreChecking(home, vault).look();
    var told =
        StoreRepair.newBuilder()
            .setHome(home.root().toString())
            .addAllProblems(found.check().getProblemsList());
    if (found.sound()) {
      new StoreMark(home).note(List.of());
      return new Step.Nothing(told.build());
    }
    if (found.onlyTables()) {
      return new Step.Refold(
          told.setOnlyTables(true).setLastSeq(found.check().getRecords()).build());
    }
    Path seen = Disk.folder(staging.resolve("seen"));
    UUID lineage = lineage(found);
    Optional<Backup> backup = newestSound(lineage);
    Remnants best = best(lineage, own(seen), kept(lineage, backup));
    if (best.head().seq() == 0) {
      throw new BackupFailed(
          "nothing can be saved of the store in " + home.root() + ", and there is no backup of it",
          "salvor backup list --all  (or salvor serve --new-store, to start with nothing)");
    }
    tell(best, found, told);
    return new Step.Remake(
        told.build(), lineage, best.remains(), backup.map(Backup::getGeneration).orElse(""));
  }

  /// What was verified comes first, and what is left of the store goes on from it; so a store that
  /// somebody put in its place does not hide what the backups have. But a store that was restored
  /// since outranks them.
  private Remnants best(UUID lineage, List<Remnant> own, List<Remnant> kept) throws IOException {
    Remnants keptFirst = Remnants.of(lineage, kept, own);
    if (epoch(keptFirst.head()) == keptFirst.head().epoch()) {
      return keptFirst;
    }
    Remnants ownFirst = Remnants.of(lineage, own, kept);
    return ownFirst.head().epoch() > keptFirst.head().epoch() ? ownFirst : keptFirst;
  }

  /// Of the store itself; where nothing of it is in its place, of the one that was moved aside
  /// last.
  private List<Remnant> own(Path seen) throws IOException {
    List<Remnant> there = own("the store itself", StoreFiles.in(home.root()), seen);
    Iterator<StoreFiles> asides = StoreGuard.asides(home).iterator();
    while (there.isEmpty() && asides.hasNext()) {
      StoreFiles aside = asides.next();
      there = own(Disk.parent(aside.database()).getFileName().toString(), aside, seen);
    }
    return there;
  }

  private static List<Remnant> own(String name, StoreFiles files, Path seen) throws IOException {
    return StoreFragments.copied(files, seen).stream()
        .map(it -> new Remnant(name, new Remains.File(it)))
        .toList();
  }

  private List<Remnant> kept(UUID lineage, Optional<Backup> backup) throws IOException {
    var kept = new ArrayList<Remnant>();
    backup.ifPresent(
        it -> kept.add(new Remnant("backup " + it.getGeneration(), new Remains.File(store(it)))));
    for (KeptSegments it : KeptSegments.of(vault.segments(), lineage)) {
      kept.add(new Remnant("segments beside the backups", new Remains.Stretches(it)));
    }
    return kept;
  }

  /// The store that the home should have: as it was written down beside it, else as its backups or
  /// the store itself say.
  private UUID lineage(StoreChecking.Found found) throws IOException {
    Optional<String> known =
        Identity.of(home)
            .map(Identity::lineage)
            .or(() -> vault.lineages().current().map(it -> it.lineage()))
            .or(() -> Optional.of(found.check().getLineage()))
            .filter(it -> !it.isEmpty());
    return UUID.fromString(
        known.orElseThrow(() ->
            new BackupFailed(
                "nobody knows which store " + home.root() + " had",
                "salvor backup list --all  (or salvor serve --new-store, to start with nothing)")));
  }

  private Optional<Backup> newestSound(UUID lineage) {
    while (true) {
      Optional<Generation> best = Generation.best(lineage.toString(), vault.generations());
      if (best.isEmpty()) {
        return Optional.empty();
      }
      Backup backup = vault.backup(best.get().name()).orElseThrow();
      List<String> problems = BackupLists.problems(vault, backup);
      if (problems.isEmpty()) {
        return Optional.of(backup);
      }
      vault.mark(backup, problems);
    }
  }

  private Path store(Backup backup) {
    return vault.place(backup.getGeneration()).resolve(Vault.STORE);
  }

  private void tell(Remnants best, StoreChecking.Found found, StoreRepair.Builder told)
      throws IOException {
    Head head = best.head();
    StoreSalvage.Outlook outlook = best.outlook();
    for (StoreSalvage.Part part : outlook.parts()) {
      told.addParts(
          StorePart.newBuilder()
              .setFrom(best.nameOf(part))
              .setFirstSeq(part.firstSeq())
              .setLastSeq(part.lastSeq()));
    }
    told.setLastSeq(head.seq()).setStoreEpoch(epoch(head) + 1);
    if (outlook.lastKnown() > head.seq()) {
      told.setLostFirst(head.seq() + 1).setLostLast(outlook.lastKnown());
    }
    told.addAllLost(outlook.lost());
    if (found.check().getRecords() == 0 || outlook.lastKnown() <= head.seq()) {
      told.addLost(
          "whatever was written after record " + outlook.lastKnown() + ", if anything was");
    }
    outlook.lackingTexts().forEach(it -> told.addLost("the text of a brief, " + it));
  }

  private long epoch(Head head) throws IOException {
    long known = vault.lineages().epoch(head.lineage());
    long written =
        Identity.of(home)
            .filter(it -> it.lineage().equals(head.lineage()))
            .map(Identity::epoch)
            .orElse(0L);
    return Math.max(head.epoch(), Math.max(known, written));
  }

  /// Does it.
  public StoreRepair repair(Step step, Actor actor) throws IOException, InterruptedException {
    return switch (step) {
      case Step.Nothing(var told) -> told;
      case Step.Refold(var told) -> refold(told);
      case Step.Remake remake -> remake(remake, actor);
    };
  }

  private StoreRepair refold(StoreRepair told) throws IOException {
    try (var store =
        SqliteStore.open(StoreFiles.in(home.root()), SqliteStore.Settings.DEFAULT, clock)) {
      store.rebuild().rebuild();
    }
    new StoreMark(home).note(List.of());
    return told.toBuilder().setDone(true).build();
  }

  private StoreRepair remake(Step.Remake step, Actor actor)
      throws IOException, InterruptedException {
    StoreRepair told = step.told();
    Instant now = clock.instant();
    StoreFiles made = StoreFiles.in(staging);
    Disk.folder(Disk.parent(made.database()));
    try (var salvage = new StoreSalvage(step.lineage(), step.remains())) {
      salvage.writeTo(made, clock);
    }
    var fact =
        new InstanceFact.Restored(
            step.backup().isEmpty() ? "its own records" : step.backup(),
            told.getLostFirst(),
            told.getLostLast());
    vault.enter(step.lineage().toString(), told.getStoreEpoch());
    new StoreTakeover(told.getStoreEpoch(), OptionalLong.empty(), fact, actor)
        .take(made, List.of(), clock);
    require(made);
    Disk.remove(staging.resolve("seen"));
    Disk.forceAll(staging);
    var notes = new ArrayList<String>();
    new LeftAttempts(home).moveAside(made.database(), now, notes);
    Optional<Path> aside = StoreGuard.aside(home, now);
    Disk.moveFolder(
        Disk.parent(made.database()), Disk.parent(StoreFiles.in(home.root()).database()));
    new Identity(step.lineage().toString(), told.getStoreEpoch()).write(home);
    return told.toBuilder()
        .setMovedTo(aside.map(Path::toString).orElse(""))
        .addAllNotes(notes)
        .setDone(true)
        .build();
  }

  /// What is not whole does not take the place of anything.
  private static void require(StoreFiles made) {
    try (var copy = StoreCopy.open(made.database())) {
      List<String> problems = copy.examine().problems();
      if (!problems.isEmpty()) {
        throw new BackupFailed(
            "the repaired store is not whole: " + problems, "salvor backup list");
      }
    }
  }

  /// Removes what it copied and did not use.
  @Override
  public void close() throws IOException {
    Disk.remove(staging);
  }
}
