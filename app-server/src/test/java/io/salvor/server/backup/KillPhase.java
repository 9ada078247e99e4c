package io.salvor.server.backup;

import io.salvor.domain.backup.Retention;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreCopy;
import io.salvor.v1.Backup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;

/// What somebody is killed in, again and again: first something is got ready, then it is done.
enum KillPhase {
  BACKUP {
    @Override
    void live(KillWorld world, KillVictim victim) throws Exception {
      try (SqliteStore store = world.open()) {
        while (true) {
          victim.wrote(KillWorld.append(store));
          victim.does(() -> {
            world.ship(store);
            victim.wrote(KillWorld.append(store));
            world.backUp(store, Retention.USUAL);
          });
        }
      }
    }
  },
  PUBLISH {
    @Override
    void live(KillWorld world, KillVictim victim) throws Exception {
      try (SqliteStore store = world.open()) {
        while (true) {
          victim.wrote(KillWorld.append(store));
          Vault vault = world.vault();
          vault.sweep();
          Path made = vault.begin(Long.toString(System.currentTimeMillis()));
          store.copyTo(made.resolve(Vault.STORE));
          Backup.Builder manifest = manifest(vault.backups().getFirst(), made);
          victim.does(() -> vault.publish(made, manifest.build()));
        }
      }
    }
  },
  PRUNE {
    @Override
    void live(KillWorld world, KillVictim victim) throws Exception {
      Vault vault = world.vault();
      try (SqliteStore store = world.open()) {
        while (true) {
          victim.wrote(KillWorld.append(store));
          vault.sweep();
          Path best = vault.place(vault.backups().getFirst().getGeneration());
          for (int i = 0; i < TWINS; i++) {
            twin(vault, best, best.getFileName() + "-" + i);
          }
          world.ship(store);
          world.backUp(store, KillWorld.ALL);
          victim.does(() -> vault.prune(Retention.USUAL, false));
        }
      }
    }
  },
  RESTORE {
    @Override
    void live(KillWorld world, KillVictim victim) throws Exception {
      while (true) {
        try (SqliteStore store = world.open()) {
          victim.wrote(KillWorld.append(store));
        }
        victim.does(world::restore);
      }
    }
  },
  MIGRATION {
    @Override
    void live(KillWorld world, KillVictim victim) throws Exception {
      for (int i = 0; ; i++) {
        world.begin(OLD_STORES.get(i % OLD_STORES.size()));
        victim.does(world::upgrade);
      }
    }
  },
  ARCHIVE {
    @Override
    void live(KillWorld world, KillVictim victim) throws Exception {
      try (SqliteStore store = world.open()) {
        while (true) {
          for (int i = 0; i < OLD_RECORDS; i++) {
            victim.wrote(KillWorld.append(store));
          }
          victim.does(() -> KillWorld.archive(store));
        }
      }
    }
  },
  REBUILD {
    @Override
    void live(KillWorld world, KillVictim victim) throws Exception {
      try (SqliteStore store = world.open()) {
        while (true) {
          victim.wrote(KillWorld.append(store));
          try (var raw = DriverManager.getConnection("jdbc:sqlite:" + world.database());
              var statement = raw.createStatement()) {
            statement.executeUpdate("UPDATE tasks SET title = 'x' WHERE number % 2 = 0");
          }
          victim.does(() -> store.rebuild().rebuild());
        }
      }
    }
  };

  private static final int TWINS = 4;
  private static final int OLD_RECORDS = 40;

  /// Stores as released versions wrote them.
  static final List<Path> OLD_STORES =
      List.of(
          Path.of("../adapters-sqlite/src/test/resources/io/salvor/sqlite/store-1.db"),
          Path.of("../adapters-sqlite/src/test/resources/io/salvor/sqlite/store-2.db"),
          Path.of("../adapters-sqlite/src/test/resources/io/salvor/sqlite/store-3.db"));

  /// Does it until killed.
  abstract void live(KillWorld world, KillVictim victim) throws Exception;

  private static Backup.Builder manifest(Backup before, Path made) {
    try (var copy = StoreCopy.open(made.resolve(Vault.STORE))) {
      StoreCopy.Report report = copy.examine();
      if (!report.problems().isEmpty()) {
        throw new IllegalStateException(report.toString());
      }
      return before.toBuilder()
          .clearFiles()
          .setGeneration(made.getFileName().toString().substring(Vault.UNFINISHED.length()))
          .setLastSeq(report.contents().head().seq())
          .setLastId(report.contents().head().id())
          .setStateHash(report.stateHash());
    }
  }

  /// The same generation under another name.
  private static void twin(Vault vault, Path generation, String name) throws Exception {
    Path made = vault.begin(name);
    for (Path file : Disk.files(generation)) {
      Files.copy(file, made.resolve(generation.relativize(file)));
    }
    Disk.moveFolder(made, vault.place(name));
  }

  /// What can be killed.
  interface Deed {
    void run() throws Exception;
  }
}
