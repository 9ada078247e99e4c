package io.salvor.sqlite;

import io.salvor.domain.journal.LogUnavailable;
import io.salvor.domain.journal.LogUnavailable.Kind;
import java.sql.SQLException;
import java.util.Optional;
import org.jooq.exception.DataAccessException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What SQLite's errors mean.
final class SqlFailures {
  private SqlFailures() {}

  /// The exception to throw in place of `e`: [LogUnavailable] where the environment is at fault,
  /// IllegalStateException where we are.
  static RuntimeException of(SQLException e, String doing) {
    SQLiteErrorCode primary = primary(e);
    return switch (primary) {
      case SQLITE_FULL ->
          unavailable(Kind.DISK_FULL, doing, "free some space on the disk that holds the store", e);
      case SQLITE_READONLY, SQLITE_PERM ->
          unavailable(
              Kind.READ_ONLY, doing, "make the store and its directory writable for the server", e);
      case SQLITE_BUSY, SQLITE_LOCKED ->
          unavailable(Kind.BUSY, doing, "end the other program that has the store open", e);
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          unavailable(Kind.CORRUPT, doing, "salvor store repair", e);
      case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PROTOCOL, SQLITE_NOLFS ->
          unavailable(
              Kind.IO_ERROR, doing, "check the disk that holds the store, and your quota on it", e);
      default -> new IllegalStateException(doing + ": " + e.getMessage(), e);
    };
  }

  /// The same for what the SQL builder throws.
  static RuntimeException of(DataAccessException e, String doing) {
    SQLException cause = e.getCause(SQLException.class);
    return cause == null ? e : of(cause, doing);
  }

  /// What kept somebody from looking, and may be gone at the next look: it says nothing of what was
  /// written. Empty where `e` does.
  static Optional<LogUnavailable> passing(RuntimeException e) {
    if (e instanceof LogUnavailable it) {
      return it.kind() == Kind.CORRUPT ? Optional.empty() : Optional.of(it);
    }
    return e.getCause() instanceof SQLException cause
            && primary(cause) == SQLiteErrorCode.SQLITE_NOMEM
        ? Optional.of(
            new LogUnavailable(
                Kind.IO_ERROR, String.valueOf(e.getMessage()), "leave Salvor more memory", e))
        : Optional.empty();
  }

  /// Whether the disk did not give what lies on it.
  static boolean isOfTheDisk(LogUnavailable e) {
    return e.getCause() instanceof SQLException cause
        && primary(cause) == SQLiteErrorCode.SQLITE_IOERR;
  }

  private static LogUnavailable unavailable(Kind kind, String doing, String hint, SQLException e) {
    return new LogUnavailable(kind, doing + ": " + e.getMessage(), hint, e);
  }

  /// The code without what SQLite adds to it: the low eight bits.
  private static SQLiteErrorCode primary(SQLException e) {
    int code = e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
    return SQLiteErrorCode.getErrorCode(code & 0xff);
  }
}
