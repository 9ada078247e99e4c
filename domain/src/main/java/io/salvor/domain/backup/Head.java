package io.salvor.domain.backup;

/// Where a store's log ends.
///
/// @param lineage made with the store, and kept by every copy and restore of it
/// @param epoch how often the store was taken over by a restore; from 1 up
/// @param seq of the last record; 0 for none
/// @param id of the last record, in hex
public record Head(String lineage, long epoch, long seq, String id) {

  /// Whether it is further than the other: a restore outranks what it was made of, whatever it left
  /// out, since a person ordered it.
  public boolean isFurtherThan(Head other) {
    return epoch > other.epoch || (epoch == other.epoch && seq > other.seq);
  }
}
