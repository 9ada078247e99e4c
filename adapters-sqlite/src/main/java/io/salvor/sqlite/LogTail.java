package io.salvor.sqlite;

import com.google.protobuf.ByteString;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.records.Chain;
import io.salvor.records.LogStretch;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoreIdentity;
import io.salvor.records.StoredRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The end of a log, stretch by stretch. Safe for use by many threads.
public final class LogTail {
  private static final int PAGE = 512;

  private final StoreIdentity store;
  private final Records records;
  private final Documents documents;

  LogTail(StoreIdentity store, Records records, Documents documents) {
    this.store = store;
    this.records = records;
    this.documents = documents;
  }

  /// The decisions after a record.
  ///
  /// @param mostBytes a stretch is ended where it would get longer than this, but not before the
  ///   end of a decision
  /// @return empty where there are none
  /// @throws IllegalStateException where there is no such record
  public Optional<LogStretch> after(long seq, long mostBytes) {
    Chain before = seq == 0 ? Chain.START : new Chain(seq, idOf(seq));
    var whole = new ArrayList<StoredRecord>();
    var decision = new ArrayList<StoredRecord>();
    Set<String> texts = new LinkedHashSet<>();
    long bytes = 0;
    long last = seq;
    for (List<StoredRecord> page = records.page(last, PAGE);
        !page.isEmpty() && (bytes < mostBytes || whole.isEmpty());
        page = records.page(last, PAGE)) {
      for (StoredRecord record : page) {
        Entry entry = RecordCodec.decode(record);
        last = record.seq();
        decision.add(record);
        texts.addAll(LogStretch.textsNamedBy(entry));
        bytes += record.header().size() + record.body().size();
        if (entry.lastOfDecision()) {
          whole.addAll(decision);
          decision.clear();
          if (bytes >= mostBytes) {
            break; // the page's rest belongs to the next stretch
          }
        }
      }
    }
    return whole.isEmpty()
        ? Optional.empty()
        : Optional.of(new LogStretch(store, before, whole, documents(texts)));
  }

  private ByteString idOf(long seq) {
    return records.page(seq - 1, 1).stream()
        .filter(it -> it.seq() == seq)
        .map(StoredRecord::id)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no record " + seq));
  }

  private List<Decision.Document> documents(Set<String> hashes) {
    var found = new ArrayList<Decision.Document>();
    for (String hash : hashes) {
      documents.get(hash).ifPresent(it -> found.add(new Decision.Document(hash, it)));
    }
    return found;
  }
}
