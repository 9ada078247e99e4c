package io.salvor.server.backup;

/// A backup could not be made, read or restored. Nothing that was there was changed by it.
public sealed class BackupFailed extends RuntimeException permits NoSuchBackup {
  private static final long serialVersionUID = 1L;

  private final String hint;

  BackupFailed(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  BackupFailed(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /// What the operator can do; may be empty.
  public String hint() {
    return hint;
  }
}
