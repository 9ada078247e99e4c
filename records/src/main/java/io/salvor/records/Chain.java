package io.salvor.records;

import com.google.protobuf.ByteString;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.record.v1.RecordHeader;
import java.util.ArrayList;
import java.util.List;

/// Where a log ends: what the next record must follow on. Immutable.
///
/// @param lastSeq seq of the last record; 0 for none
/// @param lastId id of the last record; 32 zero bytes for none
public record Chain(long lastSeq, ByteString lastId) {

  /// Before the first record.
  public static final Chain START = new Chain(0, ByteString.copyFrom(new byte[32]));

  /// The log after more decisions, and their records.
  public record Linked(List<StoredRecord> records, Chain after) {
    public Linked {
      records = List.copyOf(records);
    }
  }

  /// Makes the records of these decisions.
  ///
  /// @throws IllegalStateException where a decision does not follow on what is there
  public Linked link(StoreIdentity store, List<Decision> decisions) {
    var records = new ArrayList<StoredRecord>();
    Chain end = this;
    for (Decision decision : decisions) {
      List<Entry> entries = decision.entries();
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = entries.get(i);
        end.expect(entry, i == entries.size() - 1);
        List<Entry> causes = i == 0 ? List.of() : causes(entries.get(i - 1), entry);
        StoredRecord record = RecordCodec.encode(store, entry, causes, end.lastId);
        records.add(record);
        end = new Chain(record.seq(), record.id());
      }
    }
    return new Linked(records, end);
  }

  /// Within its thread a record follows from the one before it anyhow.
  private static List<Entry> causes(Entry before, Entry entry) {
    return before.thread().equals(entry.thread()) ? List.of() : List.of(before);
  }

  private void expect(Entry entry, boolean last) {
    if (entry.seq() != lastSeq + 1) {
      throw new IllegalStateException("after record " + lastSeq + " comes no " + entry.seq());
    }
    if (entry.lastOfDecision() != last) {
      throw new IllegalStateException("a decision ends with its last entry: " + entry);
    }
  }

  /// The chain with `record` as its last link.
  ///
  /// @throws CorruptRecord where it does not follow on, or is not what was written
  public Chain verify(StoredRecord record) {
    if (record.seq() != lastSeq + 1) {
      throw new CorruptRecord(lastSeq + 1, "missing; the next one there is " + record.seq());
    }
    RecordHeader header = record.readHeader();
    if (header.getSeq() != record.seq()) {
      throw new CorruptRecord(record.seq(), "the header says that it is " + header.getSeq());
    }
    if (!header.getPreviousId().equals(lastId)) {
      throw new CorruptRecord(record.seq(), "it does not follow on the record before it");
    }
    byte[] headerBytes = record.header().toByteArray();
    if (!record.id().equals(StoredRecord.id(lastId, headerBytes, record.body().toByteArray()))) {
      throw new CorruptRecord(record.seq(), "its bytes are not those that were written");
    }
    return new Chain(record.seq(), record.id());
  }
}
