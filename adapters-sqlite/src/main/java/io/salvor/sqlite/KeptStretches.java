package io.salvor.sqlite;

import io.salvor.records.LogStretch;
import io.salvor.records.StoreIdentity;
import java.util.Optional;

/// Stretches of a store's log that were kept beside it, found by what is in them. Used by one
/// thread.
public interface KeptStretches {
  /// The store that they were written to.
  StoreIdentity store();

  /// Seq of the last record in any of them; 0 for none.
  long lastSeq();

  /// One that has the record with this seq; empty where there is none that can be read.
  Optional<LogStretch> with(long seq);
}
