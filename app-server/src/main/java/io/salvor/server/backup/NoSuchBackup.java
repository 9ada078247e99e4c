package io.salvor.server.backup;

/// The backup that was named is not there.
public final class NoSuchBackup extends BackupFailed {
  private static final long serialVersionUID = 1L;

  NoSuchBackup(String name, String hint) {
    super("there is no backup " + name, hint);
  }
}
