package io.salvor.sqlite;

/// The file is not one that this Salvor may work with. Nothing in it was changed.
public final class StoreRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String hint;

  StoreRefused(Reason reason, String message, String hint) {
    super(message);
    this.reason = reason;
    this.hint = hint;
  }

  /// Why it was refused.
  public Reason reason() {
    return reason;
  }

  /// What the operator can do.
  public String hint() {
    return hint;
  }

  /// Why a store is refused.
  public enum Reason {
    /// A newer Salvor wrote it.
    NEWER_STORE,
    /// It is a database of something else.
    FOREIGN_FILE,
    /// The SQLite at hand could damage it.
    SQLITE_TOO_OLD,
    /// The file system cannot keep what is written to it safe.
    UNSAFE_FILE_SYSTEM
  }
}
