package io.salvor.sqlite;

import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.RecordLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteRecordLogTest extends RecordLogContract {
  private final Path home;
  private SqliteStore store;

  SqliteRecordLogTest(@TempDir Path home) {
    this.home = home;
    this.store = TestStores.open(home);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /// Whether its records were archived must not make a difference.
  void archive(SqliteStore opened) {}

  @Override
  protected RecordLog log() {
    archive(store);
    return store.log();
  }

  @Override
  protected RecordLog reopened() {
    store.close();
    store = TestStores.open(home);
    archive(store);
    return store.log();
  }
}
