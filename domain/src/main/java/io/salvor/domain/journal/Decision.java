package io.salvor.domain.journal;

import io.salvor.domain.spending.Spent;
import java.util.List;

/// Facts that are written together or not at all.
///
/// @param entries in the order of their seq, at least one
/// @param documents texts that the facts name by hash
/// @param threads the threads written on, as they are after it: what the projections show
/// @param spent what its facts tell of use
public record Decision(
    List<Entry> entries, List<Document> documents, List<OpenThread> threads, List<Spent> spent) {
  /// One that tells of no use.
  public Decision(List<Entry> entries, List<Document> documents, List<OpenThread> threads) {
    this(entries, documents, threads, List.of());
  }

  public Decision {
    spent = List.copyOf(spent);
    threads = List.copyOf(threads);
    entries = List.copyOf(entries);
    documents = List.copyOf(documents);
  }

  /// Seq of the last fact.
  public long lastSeq() {
    return entries.getLast().seq();
  }

  /// A text in the store, found by its hash.
  ///
  /// @param hash SHA-256 of its UTF-8 bytes, in hex
  public record Document(String hash, String text) {}
}
