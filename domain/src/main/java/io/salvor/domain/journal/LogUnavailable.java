package io.salvor.domain.journal;

/// The store did not answer as it should. What was to be appended is not in it.
public final class LogUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String hint;

  /// @param hint what the operator can do; may be empty
  public LogUnavailable(Kind kind, String message, String hint) {
    super(message);
    this.kind = kind;
    this.hint = hint;
  }

  /// @param hint what the operator can do; may be empty
  public LogUnavailable(Kind kind, String message, String hint, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.hint = hint;
  }

  /// What went wrong.
  public Kind kind() {
    return kind;
  }

  /// What the operator can do; may be empty.
  public String hint() {
    return hint;
  }

  /// What can go wrong with a store.
  public enum Kind {
    DISK_FULL,
    READ_ONLY,
    BUSY,
    IO_ERROR,
    CORRUPT
  }
}
