package io.salvor.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/// Gives pages that a store does not use any more back to the disk, a few in one go, so that an
/// append waits for one portion at most. Safe for use by many threads.
///
/// Only a store that was made so can do it; one of an older Salvor keeps its free pages and uses
/// them for what comes.
public final class FreePages {
  /// What stays for what comes next: 8 MiB.
  static final long KEPT = 2_048;

  /// What is given back in one transaction: 512 KiB.
  static final long PORTION = 128;

  private static final String NONE = "0";
  private static final String INCREMENTAL = "2";

  private final Writer writer;

  FreePages(Writer writer) {
    this.writer = writer;
  }

  /// How an empty file becomes one that can give pages back, and copies of one that cannot. What
  /// has tables stays as it is; not asked again where it can, since that would write to it.
  static void allow(Connection connection) throws SQLException {
    if (Connections.one(connection, "PRAGMA auto_vacuum").equals(NONE)) {
      Connections.execute(connection, "PRAGMA auto_vacuum = " + INCREMENTAL);
    }
  }

  /// Gives one portion back.
  ///
  /// @return whether there is more to give back
  public boolean giveBack() {
    return writer.write(
        "giving pages back",
        connection -> {
          long most = Math.min(PORTION, free(connection) - KEPT);
          if (most <= 0) {
            return false;
          }
          try (var statement = connection.createStatement()) {
            // Not execute(), which would stop after the first page.
            statement.executeUpdate("PRAGMA incremental_vacuum(" + most + ")");
          }
          return free(connection) > KEPT;
        });
  }

  private static long free(Connection connection) throws SQLException {
    boolean can = Connections.one(connection, "PRAGMA auto_vacuum").equals(INCREMENTAL);
    return can ? Long.parseLong(Connections.one(connection, "PRAGMA freelist_count")) : 0;
  }
}
