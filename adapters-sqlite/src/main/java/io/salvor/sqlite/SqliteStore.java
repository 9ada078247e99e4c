package io.salvor.sqlite;

import io.salvor.domain.journal.LogUnavailable;
import io.salvor.records.BackupKinds;
import io.salvor.records.StoreIdentity;
import io.salvor.records.TaskRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/// An open store: hands out the log and those who answer questions about it. The home's [HomeLock]
/// must be held.
public final class SqliteStore implements AutoCloseable {
  /// Version of the tables that this program writes.
  public static final int VERSION = Schema.VERSION;

  private final StoreIdentity identity;
  private final Writer writer;
  private final Readers readers;
  private final Ballast ballast;
  private final SqliteRecordLog log;

  private SqliteStore(StoreIdentity identity, Writer writer, Readers readers, Ballast ballast)
      throws SQLException {
    this.identity = identity;
    this.writer = writer;
    this.readers = readers;
    this.ballast = ballast;
    this.log = new SqliteRecordLog(identity, writer, readers, ballast);
  }

  /// How a store is opened.
  ///
  /// @param busyTimeout how long to wait for another program that has the store locked
  /// @param readers connections that answer questions
  /// @param ballastBytes space set aside for a full disk; 0 for none
  public record Settings(Duration busyTimeout, int readers, long ballastBytes) {
    /// 5 s, 4, 8 MiB.
    public static final Settings DEFAULT =
        new Settings(Duration.ofSeconds(5), 4, Ballast.DEFAULT_BYTES);
  }

  /// Gives the store's ballast back where its disk is full, so that a server can start.
  public static void makeRoom(StoreFiles files) {
    new Ballast(files.ballast(), Ballast.DEFAULT_BYTES).releaseWhereFull();
  }

  /// Opens the store, makes it where there is none, and brings an older one up to date.
  ///
  /// @param clock for the time of its making
  /// @throws StoreRefused where it must not be worked with; then it is as it was
  /// @throws LogUnavailable where the environment does not let it
  public static SqliteStore open(StoreFiles files, Settings settings, InstantSource clock) {
    makeDirectories(files);
    Connections.unpackInto(files.temporary());
    var connections = new Connections(files.database(), settings.busyTimeout());
    var ballast = new Ballast(files.ballast(), settings.ballastBytes());
    try {
      if (Files.exists(files.database())) {
        try (Connection reader = connections.reader()) {
          Schema.refuseForeignOrNewer(reader);
        }
      }
      Connection connection = connections.writer();
      try {
        StoreIdentity identity = prepare(connection, clock);
        ballast.keep();
        var readers = new Readers(connections, settings.readers());
        return new SqliteStore(identity, new Writer(connection), readers, ballast);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw SqlFailures.of(e, "opening the store " + files.database());
    }
  }

  private static void makeDirectories(StoreFiles files) {
    try {
      PrivateDirectory.makeFor(files.database());
    } catch (IOException e) {
      throw new LogUnavailable(
          LogUnavailable.Kind.IO_ERROR,
          "cannot make the store's directory: " + e.getMessage(),
          "make the home a directory that the server may write to",
          e);
    }
  }

  private static StoreIdentity prepare(Connection connection, InstantSource clock)
      throws SQLException {
    Schema.migrate(connection);
    return Transactions.write(
        connection,
        _ -> {
          var meta = new Meta(connection);
          StoreIdentity identity = meta.identity(UUID::randomUUID, clock);
          if (meta.projectionVersion() != TaskRow.VERSION) {
            StoreRebuild.rebuild(connection);
            meta.setProjectionVersion(TaskRow.VERSION);
          }
          return identity;
        });
  }

  /// Which store this is.
  public StoreIdentity identity() {
    return identity;
  }

  /// The log.
  public SqliteRecordLog log() {
    return log;
  }

  /// Reads records.
  public Records records() {
    return new Records(readers);
  }

  /// Reads what people forced.
  public Interventions interventions() {
    return new Interventions(readers);
  }

  /// Lists tasks.
  public Tasks tasks() {
    return new Tasks(readers);
  }

  /// Reads texts.
  public Documents documents() {
    return new Documents(readers);
  }

  /// Reads the end of the log, for keeping it elsewhere.
  public LogTail tail() {
    return new LogTail(identity, records(), documents());
  }

  /// Checks the projection and makes it anew.
  public StoreRebuild rebuild() {
    return new StoreRebuild(writer, readers);
  }

  /// Reads all of it, while it is written to, and says what is wrong with it.
  ///
  /// @throws LogUnavailable where it could not be looked at, which may pass and is no damage
  public StoreCopy.Report examine() {
    return new StoreCopy(readers).examine();
  }

  /// Checks what was written.
  public Integrity integrity() {
    return new Integrity(readers, records());
  }

  /// Copies the store as it is at one moment into a file that is not there yet; writers are not
  /// held up.
  public void copyTo(Path target) {
    copy(readers, target);
  }

  static void copy(Readers readers, Path target) {
    readers.read(
        "copying the store to " + target,
        connection -> {
          FreePages.allow(connection); // of the copy: this file stays as it is
          try (var statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, target.toString());
            statement.execute();
            return target;
          }
        });
  }

  /// Whether there are records after this one that are not themselves about backups.
  public boolean hasNewsSince(long seq) {
    return hasNewsSince(readers, seq);
  }

  /// The same of a store that is not open and stays as it is.
  public static boolean hasNewsSince(StoreFiles files, long seq) {
    try (var readers = new Readers(new Connections(files.database(), Duration.ofSeconds(5)), 1)) {
      return hasNewsSince(readers, seq);
    }
  }

  private static boolean hasNewsSince(Readers readers, long seq) {
    return readers.read(
        "looking for news",
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  "SELECT 1 FROM records WHERE seq > ? AND substr(kind, 1, ?) <> ? LIMIT 1")) {
            statement.setLong(1, seq);
            statement.setInt(2, BackupKinds.ABOUT_BACKUPS.length());
            statement.setString(3, BackupKinds.ABOUT_BACKUPS);
            try (var rows = statement.executeQuery()) {
              return rows.next();
            }
          }
        });
  }

  /// Gives back what is not used any more.
  public FreePages freePages() {
    return new FreePages(writer);
  }

  /// Packs old records.
  public Archive archive() {
    return archive(Archive.Portion.DEFAULT);
  }

  /// Packs old records into segments of another size than the usual.
  public Archive archive(Archive.Portion portion) {
    return new Archive(writer, readers, portion);
  }

  /// The space set aside for a full disk.
  public Ballast ballast() {
    return ballast;
  }

  /// For tests that make the writer's life hard.
  Connection writerConnection() {
    return writer.connection();
  }

  /// Waits for questions being asked, leaves everything in the one database file, and closes it.
  @Override
  public void close() {
    readers.close();
    log.close();
    writer.close();
  }
}
