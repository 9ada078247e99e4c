package io.salvor.sqlite;

import io.salvor.records.RecordCodec;
import io.salvor.records.StoreIdentity;
import io.salvor.records.StoredRecord;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/// Records and texts, as far as they can be read: what cannot be is not there. Used by one thread.
sealed interface SalvageSource extends AutoCloseable permits LogSource, StretchSource {
  /// Opens what remains.
  static SalvageSource open(Remains remains) {
    return switch (remains) {
      case Remains.File(var database) -> LogSource.open(database);
      case Remains.Stretches(var kept) -> new StretchSource(kept);
    };
  }

  /// The record with this seq; empty where there is none that can be read.
  Optional<StoredRecord> at(long seq);

  /// The greatest seq that it knows of; empty where not even that can be read.
  OptionalLong last();

  /// Whether it is known to be of this store's log, whatever else of it can be read.
  boolean isOf(StoreIdentity store);

  /// Calls back with every text whose name is its hash, as far as they can be read. Has all that
  /// its records name, where those were asked for before.
  void texts(BiConsumer<String, String> taking);

  /// What a record is, for people: its kind; empty where it cannot be read.
  default Optional<String> kindAt(long seq) {
    try {
      return at(seq).map(it -> RecordCodec.kindOf(RecordCodec.decode(it)));
    } catch (RuntimeException damaged) {
      return Optional.empty();
    }
  }

  @Override
  void close();
}
