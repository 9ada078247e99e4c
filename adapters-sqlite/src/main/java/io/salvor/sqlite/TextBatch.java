package io.salvor.sqlite;

import io.salvor.domain.journal.Decision;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Texts on their way into a store, no more of them in memory than a batch: all that a store has
/// may be more than fits. Used inside a transaction.
final class TextBatch {
  /// Characters after which it is written.
  private static final long FULL = 4L * 1024 * 1024;

  private static final int MOST = 500;

  private final AppendStatements statements;
  private final List<Decision.Document> texts = new ArrayList<>();
  private long characters;

  TextBatch(AppendStatements statements) {
    this.statements = statements;
  }

  /// One that is there already changes nothing.
  void add(String hash, String text) {
    texts.add(new Decision.Document(hash, text));
    characters += text.length();
    if (characters >= FULL || texts.size() >= MOST) {
      write();
    }
  }

  /// Writes what is left.
  void write() {
    try {
      statements.documents(List.of(new Decision(List.of(), texts, List.of())));
    } catch (SQLException e) {
      throw SqlFailures.of(e, "writing texts");
    }
    texts.clear();
    characters = 0;
  }
}
