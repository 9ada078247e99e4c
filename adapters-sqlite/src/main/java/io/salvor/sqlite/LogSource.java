package io.salvor.sqlite;

import io.salvor.domain.journal.Decision;
import io.salvor.records.CorruptRecord;
import io.salvor.records.StoreIdentity;
import io.salvor.records.StoredRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A store's file that may be damaged anywhere, read as far as it can be: what cannot be read is
/// not there. Used by one thread.
final class LogSource implements SalvageSource {
  private static final int PAGE = 500;
  private static final String RECORD =
      "SELECT " + RecordReader.COLUMNS + " FROM records WHERE seq = ?";

  private final @Nullable Connection connection;
  private final RecentSegments recent = new RecentSegments();
  private final TreeMap<Long, StoredRecord> page = new TreeMap<>();
  private long pageEnd;

  private LogSource(@Nullable Connection connection) {
    this.connection = connection;
  }

  /// Opens a file; one that is no database, or one that only a newer Salvor knows, has nothing.
  static LogSource open(Path database) {
    @Nullable Connection opened = null;
    try {
      opened = new Connections(database, Duration.ofSeconds(5)).reader();
      Schema.refuseForeignOrNewer(opened);
      return new LogSource(opened);
    } catch (SQLException | RuntimeException e) {
      close(opened);
      return new LogSource(null);
    }
  }

  @Override
  public Optional<StoredRecord> at(long seq) {
    if (connection == null) {
      return Optional.empty();
    }
    if (seq > pageEnd || page.isEmpty() || seq < page.firstKey()) {
      turnTo(connection, seq);
    }
    return Optional.ofNullable(page.get(seq));
  }

  private void turnTo(Connection open, long seq) {
    page.clear();
    pageEnd = seq;
    try (var statement = open.prepareStatement(Records.ALL);
        var reader = new RecordReader(open, recent)) {
      statement.setLong(1, seq - 1);
      statement.setInt(2, PAGE);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          StoredRecord record = reader.survivor(rows);
          page.put(record.seq(), record);
          pageEnd = Math.max(pageEnd, record.seq());
        }
      }
    } catch (SQLException | RuntimeException damaged) {
      // The records before the damage are on the page; it is looked for one by one from here.
      one(open, seq);
    }
  }

  private void one(Connection open, long seq) {
    try (var statement = open.prepareStatement(RECORD);
        var reader = new RecordReader(open, recent)) {
      statement.setLong(1, seq);
      try (var rows = statement.executeQuery()) {
        if (rows.next()) {
          page.put(seq, reader.survivor(rows));
        }
      }
    } catch (SQLException | RuntimeException damaged) {
      page.remove(seq);
    }
  }

  @Override
  public OptionalLong last() {
    if (connection == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(SqliteRecordLog.lastSeq(connection));
    } catch (SQLException | RuntimeException damaged) {
      return OptionalLong.empty();
    }
  }

  /// As its last record says, or its first; of whatever epoch, since there is but one such file.
  @Override
  public boolean isOf(StoreIdentity store) {
    return last().isPresent() && (isOf(store, last().getAsLong()) || isOf(store, 1));
  }

  private boolean isOf(StoreIdentity store, long seq) {
    try {
      return at(seq).filter(it -> it.writtenTo().lineage().equals(store.lineage())).isPresent();
    } catch (CorruptRecord damaged) {
      return false;
    }
  }

  @Override
  public void texts(BiConsumer<String, String> taking) {
    if (connection == null) {
      return;
    }
    for (long row : rowsOfTexts(connection)) {
      // Whoever takes it may fail too, which is not for us to pass over.
      text(connection, row).ifPresent(it -> taking.accept(it.hash(), it.text()));
    }
  }

  private static Optional<Decision.Document> text(Connection open, long row) {
    try (var statement =
        open.prepareStatement("SELECT hash, text FROM documents WHERE rowid = ?")) {
      statement.setLong(1, row);
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        var found = new Decision.Document(rows.getString(1), rows.getString(2));
        return CopyDetails.sha256(found.text()).equals(found.hash())
            ? Optional.of(found)
            : Optional.empty();
      }
    } catch (SQLException | RuntimeException damaged) {
      return Optional.empty(); // this one cannot be read; others may
    }
  }

  private static List<Long> rowsOfTexts(Connection open) {
    var found = new ArrayList<Long>();
    try (var statement = open.createStatement();
        var rows = statement.executeQuery("SELECT rowid FROM documents NOT INDEXED")) {
      while (rows.next()) {
        found.add(rows.getLong(1));
      }
    } catch (SQLException | RuntimeException damaged) {
      // what was found until here is looked at
    }
    return found;
  }

  @Override
  public void close() {
    close(connection);
  }

  private static void close(@Nullable Connection open) {
    try {
      if (open != null) {
        open.close();
      }
    } catch (SQLException damaged) {
      // it was only read
    }
  }
}
