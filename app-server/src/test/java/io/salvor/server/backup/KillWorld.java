package io.salvor.server.backup;

import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.Generation;
import io.salvor.domain.backup.Retention;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.HandMade;
import io.salvor.domain.journal.InstanceThread;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.journal.Threads;
import io.salvor.server.config.BackupSettings;
import io.salvor.server.config.Home;
import io.salvor.sqlite.Archive;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A home and its backups in one folder, as one who is killed and one who looks afterwards have it.
record KillWorld(Path folder) {
  /// None is removed.
  static final Retention ALL = new Retention(100_000, 100_000, 100_000);

  private static final InstantSource CLOCK = InstantSource.system();
  private static final int TASKS = 80;
  private static final int SEGMENT = 8;

  Home home() {
    return new Home(folder.resolve("home"));
  }

  private BackupPlaces places() {
    return new BackupPlaces(folder.resolve("backups"));
  }

  Vault vault() {
    return places().of(home());
  }

  Path database() {
    return StoreFiles.in(home().root()).database();
  }

  SqliteStore open() {
    return SqliteStore.open(
        StoreFiles.in(home().root()),
        new SqliteStore.Settings(Duration.ofSeconds(10), 2, 0),
        CLOCK);
  }

  StoreCopy look() {
    return StoreCopy.open(StoreFiles.in(home().root()));
  }

  /// A store with tasks, and a first backup of it.
  void furnish() throws Exception {
    home().create();
    var hand = new HandMade();
    try (var store = open()) {
      for (int i = 1; i <= TASKS; i++) {
        store.log().appendDurably(List.of(hand.create(HandMade.task(i))));
      }
      backUp(store, Retention.USUAL);
    }
  }

  /// A record, as its chain names it.
  record Written(long seq, String id) {
    static final Written NOTHING = new Written(0, "");

    boolean isIn(Path database) {
      try (var copy = StoreCopy.open(database)) {
        return copy.idAt(seq).filter(id::equals).isPresent();
      }
    }
  }

  /// One more record.
  static Written append(SqliteStore store) {
    RecordLog.Restored before = store.log().restore();
    var statement =
        new Statement.OfInstance(
            before.lastSeq() + 1, Actor.SALVOR, CLOCK.instant(), new InstanceFact.Unfrozen("x"));
    InstanceThread after = before.instance().after(statement);
    store
        .log()
        .appendDurably(
            List.of(
                new Decision(
                    List.of(Threads.entry(after, statement, Optional.empty()).last()),
                    List.of(),
                    List.of())));
    var written = store.records().page(before.lastSeq(), 1).getFirst();
    return new Written(written.seq(), HexFormat.of().formatHex(written.id().toByteArray()));
  }

  /// Archives all but the last few records, in segments that are small.
  static void archive(SqliteStore store) {
    Archive archive = store.archive(new Archive.Portion(SEGMENT, Long.MAX_VALUE));
    Instant end = CLOCK.instant().plusSeconds(60);
    while (archive.pack(end)) {}
  }

  /// Whether a record is in the store, in a backup, or in what was moved out of the way.
  boolean has(Written record) throws IOException {
    var files = new ArrayList<Path>(List.of(database()));
    for (Path it : Disk.folders(vault().folder())) {
      files.add(it.resolve(Vault.STORE));
    }
    for (Path it : asides()) {
      files.add(it.resolve(database().getFileName()));
    }
    return record.seq() == 0
        || files.stream().filter(Files::exists).anyMatch(it -> record.isIn(it));
  }

  private List<Path> asides() throws IOException {
    try (var asides = Files.newDirectoryStream(home().root(), "*.aside-*")) {
      var all = new ArrayList<Path>();
      asides.forEach(all::add);
      return all;
    }
  }

  /// The best backup that there is.
  Generation best() {
    return vault().generations().getFirst();
  }

  private Secrets secrets() {
    return Secrets.of(home(), Optional.empty(), Map.of());
  }

  /// Makes a generation, and removes what is not kept.
  void backUp(SqliteStore store, Retention retention) throws InterruptedException {
    var source = new Backups.Source(home(), store, secrets(), CLOCK, "kills");
    Backups.Outcome outcome =
        Backups.of(source, vault(), retention, _ -> {}).create(Occasion.DEMAND);
    if (!(outcome instanceof Backups.Outcome.Made)) {
      throw new IllegalStateException("no backup was made: " + outcome);
    }
  }

  void ship(SqliteStore store) {
    var shipper = new Shipper(store, vault(), CLOCK);
    int _ = shipper.ship();
    shipper
        .trouble()
        .ifPresent(it -> {
          throw new IllegalStateException(it);
        });
  }

  /// What `salvor backup restore` does.
  void restore() throws IOException, InterruptedException {
    var whose = new OfflineBackups.Whose(Optional.empty(), Optional.empty());
    var environment = Map.of("SALVOR_BACKUPS", folder.resolve("backups").toString());
    try (var offline =
        new OfflineBackups(home(), BackupSettings.DEFAULT, whose, environment, CLOCK)) {
      var _ = offline.restore(Optional.empty(), Actor.SALVOR);
    }
  }

  /// What a start does with a store of an older version.
  void upgrade() throws IOException, InterruptedException {
    var _ = new UpgradeBackup(home(), vault(), secrets(), "kills", CLOCK).make();
    open().close();
  }

  /// What `salvor backup verify` finds.
  List<String> damages() {
    return new BackupLists(places(), vault())
        .verify(Optional.empty()).getBackupsList().stream()
            .flatMap(it -> it.getProblemsList().stream().map(p -> it.getGeneration() + ": " + p))
            .toList();
  }

  /// A home that has nothing but this store, and no backups.
  void begin(Path store) throws IOException {
    Disk.remove(folder.resolve("backups"));
    Disk.remove(Disk.parent(database()));
    home().create();
    Files.createDirectories(Disk.parent(database()));
    Files.copy(store, database());
  }

  /// What was moved out of the way.
  void clearAsides() throws IOException {
    for (Path it : asides()) {
      Disk.remove(it);
    }
  }
}
