package io.salvor.sqlite;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// What is promised of a store holds as well for one whose records are archived.
final class ArchivedStoresTest {
  @Nested
  final class Log extends SqliteRecordLogTest {
    Log(@TempDir Path home) {
      super(home);
    }

    @Override
    void archive(SqliteStore opened) {
      TestStores.archive(opened, 1);
    }
  }

  @Nested
  final class Queries extends QueriesTest {
    Queries(@TempDir Path home) {
      super(home);
    }

    @Override
    void archive(SqliteStore store) {
      TestStores.archive(store, 7);
    }
  }

  @Nested
  final class Rebuild extends StoreRebuildTest {
    @Override
    void archive(SqliteStore store) {
      TestStores.archive(store, 20);
    }
  }

  @Nested
  final class Copies extends StoreCopyTest {
    @Override
    void archive(SqliteStore store) {
      TestStores.archive(store, 50);
    }
  }

  @Nested
  final class Salvage extends StoreSalvageTest {
    @Override
    void archive(SqliteStore store) {
      TestStores.archive(store, 10);
    }
  }
}
