package io.salvor.server.backup;

import io.salvor.domain.backup.Generation;
import io.salvor.domain.backup.Reach;
import io.salvor.domain.backup.Segment;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.records.LogStretch;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoredRecord;
import io.salvor.sqlite.SqliteStore;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down what was recorded since the last generation or segment, so that a restore reaches
/// it. Thread-safe; one at a time.
public final class Shipper {
  private static final Logger log = LoggerFactory.getLogger(Shipper.class);

  private static final long MOST_BYTES = 8L << 20;

  private final SqliteStore store;
  private final Vault vault;
  private final InstantSource clock;
  private long done = -1;
  private volatile Optional<String> trouble = Optional.empty();

  public Shipper(SqliteStore store, Vault vault, InstantSource clock) {
    this.store = store;
    this.vault = vault;
    this.clock = clock;
  }

  /// Writes down what is new. Where there is no generation to go on from, nothing is: the next one
  /// will have it.
  ///
  /// @return how many segments there are more
  public synchronized int ship() {
    try {
      Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      long last = store.records().lastSeq();
      if (last == done) {
        return 0;
      }
      int shipped = shipTo(last, at);
      trouble = Optional.empty();
      done = last;
      return shipped;
    } catch (Behind e) {
      fail(String.valueOf(e.getMessage()));
      return 0;
    } catch (IOException | BackupFailed | LogUnavailable e) {
      fail("the log could not be written down: " + e.getMessage());
      return 0;
    }
  }

  private void fail(String what) {
    if (!trouble.equals(Optional.of(what))) {
      log.error("{}", what);
    }
    trouble = Optional.of(what);
  }

  /// @param at all that was written until then is among the records up to `last`
  private int shipTo(long last, Instant at) throws IOException, Behind {
    SegmentFolder folder = vault.segments();
    Optional<Reach> reached = reached();
    requireNotBehind(reached, last);
    if (reached.isEmpty() || !store.hasNewsSince(reached.get().seq())) {
      return 0;
    }
    folder.sweep();
    int shipped = 0;
    long from = reached.get().seq();
    while (from < last) {
      Optional<LogStretch> next = store.tail().after(from, MOST_BYTES);
      if (next.isEmpty()) {
        return shipped;
      }
      boolean whole = next.get().lastSeq() >= last;
      Instant until = whole ? at : RecordCodec.decode(next.get().records().getLast()).at();
      folder.publish(segment(next.get(), until), next.get().bytes());
      from = next.get().lastSeq();
      shipped++;
    }
    return shipped;
  }

  private Optional<Reach> reached() throws IOException {
    var identity = store.identity();
    List<Generation> sameEpoch =
        vault.generations().stream().filter(it -> it.head().epoch() == identity.epoch()).toList();
    return Reach.best(identity.lineage().toString(), sameEpoch, vault.segments().all());
  }

  /// The segments are of this store's past, or the store is not what it was.
  private void requireNotBehind(Optional<Reach> reached, long last) throws Behind {
    if (reached.isEmpty() || reached.get().seq() == 0) {
      return;
    }
    long seq = reached.get().seq();
    Optional<String> id =
        store.records().page(seq - 1, 1).stream()
            .filter(it -> it.seq() == seq)
            .map(Shipper::brief)
            .findFirst();
    if (id.filter(reached.get().id()::equals).isEmpty()) {
      throw new Behind(
          last < seq
              ? "the store ends at record " + last + ", but its backups at " + seq
              : "the store's record " + seq + " is not the one that its backups have");
    }
  }

  private static String brief(StoredRecord record) {
    return Segment.brief(HexFormat.of().formatHex(record.id().toByteArray()));
  }

  /// What a stretch is called.
  static Segment segment(LogStretch stretch, Instant at) {
    return new Segment(
        stretch.store().lineage().toString(),
        stretch.store().epoch(),
        stretch.records().getFirst().seq(),
        stretch.lastSeq(),
        at,
        HexFormat.of().formatHex(stretch.before().lastId().toByteArray()),
        HexFormat.of().formatHex(stretch.records().getLast().id().toByteArray()),
        false);
  }

  /// Why what was recorded lately is in no segment, in one sentence; empty where all is well.
  public Optional<String> trouble() {
    return trouble;
  }

  /// The store is not what its backups go on from.
  private static final class Behind extends Exception {
    private static final long serialVersionUID = 1L;

    Behind(String message) {
      super(message);
    }
  }
}
