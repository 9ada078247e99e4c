package io.salvor.server.backup;

import com.google.protobuf.util.Timestamps;
import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.Generation;
import io.salvor.domain.backup.Lineages;
import io.salvor.domain.backup.Reach;
import io.salvor.domain.backup.RestorePlan;
import io.salvor.domain.backup.RestorePlan.Cut;
import io.salvor.domain.backup.RestorePlan.Loss;
import io.salvor.domain.backup.RestorePlan.Present;
import io.salvor.domain.backup.RestorePlan.Target;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.server.config.Home;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreFiles;
import io.salvor.sqlite.StoreTakeover;
import io.salvor.v1.Backup;
import io.salvor.v1.RestoreReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Makes a home's store of a backup. The home's lock must be held: nobody else works with it.
///
/// Cut short at any point, it leaves the home with its old store, with none, or with the new one;
/// in each case the same command again brings it to its end, and nothing was deleted.
public final class Restoring {
  private static final String STAGING = ".restoring";

  private final Home home;
  private final Vault vault;
  private final InstantSource clock;
  private final Supply supply;

  /// @param vault that the backup lies in, which need not be the home's own
  public Restoring(Home home, Vault vault, InstantSource clock) {
    this(home, vault, clock, Supply.LOCAL);
  }

  Restoring(Home home, Vault vault, InstantSource clock, Supply supply) {
    this.home = home;
    this.vault = vault;
    this.clock = clock;
    this.supply = supply;
  }

  /// What is to be done, all of it known.
  ///
  /// @param cutAfter the last record that is taken; empty for all
  public record Step(
      RestorePlan plan, Backup backup, OptionalLong cutAfter, RestoreReport report) {}

  /// The same where nothing is known of the home but the store that it has now.
  public Step plan(Target target) {
    return plan(target, Lineages.NONE);
  }

  /// Looks what a restore would do, and reads all bytes of the backup for it. A backup that is
  /// found to be damaged is marked so, and the next one is taken where the latest was asked for.
  ///
  /// @param had the stores that the home has had, as far as it knows itself
  /// @throws BackupFailed where there is nothing that can be restored
  Step plan(Target target, Lineages had) {
    while (true) {
      RestorePlan plan =
          switch (RestorePlan.of(target, vault.stock(), present())) {
            case RestorePlan.Ruling.Ready(var ready) ->
                ready.above(had.epoch(ready.from().head().lineage()));
            case RestorePlan.Ruling.Absent(var name) ->
                throw new NoSuchBackup(name, "salvor backup list --all");
            case RestorePlan.Ruling.Refused(var detail) ->
                throw new BackupFailed(
                    detail + " in " + vault.folder(), "salvor backup list --all");
          };
      Backup backup = vault.backup(plan.from().name()).orElseThrow();
      supply.bring(plan.take());
      List<String> problems = vault.problems(backup);
      if (!problems.isEmpty()) {
        vault.mark(backup, problems);
      } else if (Onward.of(vault, plan.take()).isWhole()) {
        return step(target, plan, backup);
      }
    }
  }

  /// Brings the files of what is taken to where the vault has them.
  @FunctionalInterface
  interface Supply {
    /// They are there.
    Supply LOCAL = _ -> {};

    void bring(Reach wanted);
  }

  private Present present() {
    Path database = StoreFiles.in(home.root()).database();
    try {
      if (!Files.exists(database) || Files.size(database) == 0) {
        return new Present.Missing();
      }
      try (var copy = StoreCopy.open(database)) {
        return new Present.Legible(copy.head());
      }
    } catch (IOException | RuntimeException e) {
      // Damage shows itself in many ways, and the store is moved aside whatever it is.
      return new Present.Illegible();
    }
  }

  private Step step(Target target, RestorePlan plan, Backup backup) {
    OptionalLong cutAfter =
        plan.until().isPresent()
            ? cut(plan.until().get(), plan.take(), backup)
            : OptionalLong.empty();
    var report =
        RestoreReport.newBuilder()
            .setBackup(backup)
            .setLastSeq(cutAfter.orElse(plan.take().seq()))
            .setSegments(plan.take().then().size())
            .setReachedTime(Timestamps.fromMillis(plan.take().at().toEpochMilli()))
            .setStoreEpoch(plan.epoch())
            .setHome(home.root().toString());
    tellLoss(plan, cutAfter, report);
    if (target instanceof Target.Latest) {
      report.addAllLost(damagedBeyond(plan.take()));
    }
    return new Step(plan, backup, cutAfter, report.build());
  }

  private List<String> damagedBeyond(Reach take) {
    return vault.following(take.from()).stream()
        .filter(it -> it.damaged() && it.lastSeq() > take.seq())
        .map(it ->
            (it.firstSeq() == it.lastSeq()
                    ? "record " + it.lastSeq()
                    : "records " + it.firstSeq() + " to " + it.lastSeq())
                + ", whose segment is damaged: "
                + vault.segments().place(it))
        .toList();
  }

  private OptionalLong cut(Cut cut, Reach take, Backup backup) {
    OptionalLong onward = Onward.of(vault, take).lastBefore(cut);
    if (onward.isPresent()) {
      return onward;
    }
    try (var copy = StoreCopy.open(vault.place(backup.getGeneration()).resolve(Vault.STORE))) {
      OptionalLong end = copy.lastBefore(cut);
      if (end.isEmpty()) {
        throw new BackupFailed("nothing was written yet by then", "salvor backup list");
      }
      return end;
    }
  }

  private void tellLoss(RestorePlan plan, OptionalLong cutAfter, RestoreReport.Builder report) {
    switch (present()) {
      case Present.Missing _ -> report.setPresent("missing");
      case Present.Illegible _ -> report.setPresent("unreadable");
      case Present.Legible(var head) -> report.setPresent("ends at record " + head.seq());
    }
    switch (plan.loss()) {
      case Loss.Unknown(var since) ->
          report.addLost("whatever was written after " + since + ", if anything was");
      case Loss.OtherStore(var head) ->
          report.addLost("another store, " + head.lineage() + ", with " + head.seq() + " records");
      case Loss.Nothing _, Loss.Records _ -> tellRecords(plan, cutAfter, report);
    }
  }

  private void tellRecords(RestorePlan plan, OptionalLong cutAfter, RestoreReport.Builder report) {
    long end = cutAfter.orElse(plan.take().seq());
    try (var copy = StoreCopy.open(StoreFiles.in(home.root()).database())) {
      long last = copy.head().seq();
      long common = Math.min(end, common(plan.take().from(), copy));
      if (last > common) {
        report.setLostFirst(common + 1).setLostLast(last).addAllLost(copy.saidAfter(common));
      }
    } catch (RuntimeException e) {
      report.addLost("what was written after record " + end + ": the store cannot be read");
    }
  }

  /// Up to where the store and what is taken are the same. Of another epoch, they part where one of
  /// them was restored; as each record is chained to those before, one comparison tells for all.
  private long common(Generation taken, StoreCopy present) {
    if (taken.head().epoch() == present.head().epoch()) {
      return Long.MAX_VALUE;
    }
    try (var copy = StoreCopy.open(vault.place(taken.name()).resolve(Vault.STORE))) {
      long same = 0;
      long other = Math.min(copy.head().seq(), present.head().seq()) + 1;
      while (other - same > 1) {
        long middle = (same + other) / 2;
        if (copy.idAt(middle).equals(present.idAt(middle))) {
          same = middle;
        } else {
          other = middle;
        }
      }
      return same;
    }
  }

  /// What a home has beside its store.
  ///
  /// @param work branches and snapshots
  /// @param own the home's own vault, told which store the home has now
  public record Beside(Work work, Secrets secrets, Vault own) {}

  /// Does it.
  ///
  /// @param beside what is brought back beside the store; empty for a rehearsal
  public RestoreReport restore(Step step, Actor actor, Optional<Beside> beside)
      throws IOException, InterruptedException {
    Path place = vault.place(step.backup().getGeneration());
    if (beside.isPresent()) {
      beside.get().secrets().open(place);
    }
    Instant now = clock.instant();
    Path staging = stage(step, actor);
    var report = step.report().toBuilder();
    var brought = new ArrayList<String>();
    var notes = new ArrayList<String>();
    if (beside.isPresent()) {
      beside.get().work().bringBack(step.backup(), place, brought, notes);
    }
    new LeftAttempts(home).moveAside(staged(staging).database(), now, notes);
    // Not before the new one is complete: until then the home's backups are those of the old one.
    beside.ifPresent(it -> it.own().enter(step.backup().getLineage(), step.plan().epoch()));
    StoreGuard.aside(home, now).ifPresent(it -> report.setMovedTo(it.toString()));
    Disk.moveFolder(staging, Disk.parent(StoreFiles.in(home.root()).database()));
    new Identity(step.backup().getLineage(), step.plan().epoch()).write(home);
    configuration(place);
    if (beside.isPresent()) {
      beside.get().secrets().bringBack(place, notes);
    }
    return report.addAllRefsBroughtBack(brought).addAllNotes(notes).setDone(true).build();
  }

  /// The new store, complete, where nobody looks for it yet.
  private Path stage(Step step, Actor actor) throws IOException {
    Path staging = home.root().resolve(STAGING);
    Disk.remove(staging);
    Disk.folder(staging);
    StoreFiles files = staged(staging);
    Files.copy(vault.place(step.backup().getGeneration()).resolve(Vault.STORE), files.database());
    RestoreReport report = step.report();
    var fact =
        new InstanceFact.Restored(
            step.backup().getGeneration(), report.getLostFirst(), report.getLostLast());
    new StoreTakeover(step.plan().epoch(), step.cutAfter(), fact, actor)
        .take(files, Onward.of(vault, step.plan().take()), clock);
    Disk.forceAll(staging);
    return staging;
  }

  /// The files as they will lie in the home.
  private StoreFiles staged(Path staging) {
    StoreFiles usual = StoreFiles.in(home.root());
    Path folder = Disk.parent(usual.database());
    return new StoreFiles(
        staging.resolve(folder.relativize(usual.database())),
        staging.resolve(folder.relativize(usual.ballast())),
        staging.resolve(folder.relativize(usual.temporary())));
  }

  /// A configuration that is there is newer than the one in the backup, and stays.
  private void configuration(Path place) throws IOException {
    Path saved = place.resolve(home.config().getFileName());
    if (Files.exists(saved)) {
      BroughtBack.write(
          home.config(), Files.readAllBytes(saved), Files.getPosixFilePermissions(saved));
    }
  }

  /// What a target is called on a command line: `latest`, a generation, a seq, or a time.
  ///
  /// @throws IllegalArgumentException where it is none of them
  public static Target target(String text, List<Generation> there) {
    if (text.isEmpty() || text.equals("latest")) {
      return new Target.Latest();
    }
    if (there.stream().anyMatch(it -> it.name().equals(text))) {
      return new Target.Named(text);
    }
    if (text.matches("\\d{1,18}")) {
      return new Target.At(new Cut.AfterSeq(Long.parseLong(text)));
    }
    try {
      return new Target.At(new Cut.AfterTime(Instant.parse(text)));
    } catch (java.time.format.DateTimeParseException e) {
      return new Target.Named(text);
    }
  }
}
