package io.salvor.records;

import java.util.UUID;

/// Which store a record was written to.
///
/// @param lineage made with the store, and kept by every copy and restore of it
/// @param epoch how often the store was taken over by a restore; 1 for one that never was
public record StoreIdentity(UUID lineage, long epoch) {
  public StoreIdentity {
    if (epoch < 1) {
      throw new IllegalArgumentException("a store's epoch starts at 1, not " + epoch);
    }
  }
}
