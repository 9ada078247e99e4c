package io.salvor.sqlite;

import java.util.Optional;

/// Texts that records name by hash. Safe for use by many threads.
public final class Documents {
  private final Readers readers;

  Documents(Readers readers) {
    this.readers = readers;
  }

  /// The text with this SHA-256, in hex.
  public Optional<String> get(String hash) {
    return readers.read(
        "reading a document",
        connection -> {
          try (var statement =
              connection.prepareStatement("SELECT text FROM documents WHERE hash = ?")) {
            statement.setString(1, hash);
            try (var rows = statement.executeQuery()) {
              return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
          }
        });
  }
}
