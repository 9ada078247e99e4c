package io.salvor.records;

/// Bytes that are a message, but not one that we write. Becomes a [CorruptRecord] where the record
/// is known.
final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Malformed(String message) {
    super(message);
  }
}
