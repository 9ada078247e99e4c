package io.salvor.records;

/// A stored record that cannot be read: damaged, or of a kind that only a newer Salvor knows.
public final class CorruptRecord extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long seq;

  /// @param seq its place in the log
  /// @param message what is wrong with it, without its seq
  public CorruptRecord(long seq, String message) {
    super("record " + seq + ": " + message);
    this.seq = seq;
  }

  CorruptRecord(long seq, String message, Throwable cause) {
    super("record " + seq + ": " + message, cause);
    this.seq = seq;
  }

  /// Its place in the log.
  public long seq() {
    return seq;
  }
}
