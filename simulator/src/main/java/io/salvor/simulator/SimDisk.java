package io.salvor.simulator;

import com.google.protobuf.ByteString;
import io.salvor.domain.engine.Once;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Request;
import io.salvor.records.Chain;
import io.salvor.records.CorruptRecord;
import io.salvor.records.MemoryRecordLog;
import io.salvor.records.StoreIdentity;
import io.salvor.records.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The disk with the log on it: every entry goes through the real codec, there and back.
///
/// What was synced survives the server, and the host too where the disk is honest. What is being
/// written when the server goes down ends at any byte; of that, and of what a disk lost that lied
/// about syncing, the decisions are left that are whole.
final class SimDisk {
  private static final StoreIdentity STORE =
      new StoreIdentity(new UUID(0x1L, 0x8000_0000_0000_0001L), 1);

  private MemoryRecordLog log = new MemoryRecordLog(STORE);
  private List<Decision> written = new ArrayList<>();

  /// Writes and syncs.
  void write(List<Decision> decisions) {
    log.appendDurably(decisions);
    written.addAll(decisions);
  }

  /// Writes them up to some byte.
  ///
  /// @return the decisions that are there as a whole
  List<Decision> tear(List<Decision> decisions, Dice dice) {
    Chain chain = end();
    List<StoredRecord> records = chain.link(STORE, decisions).records();
    int left = dice.below(records.stream().mapToInt(SimDisk::size).sum());
    int whole = 0;
    while (size(records.get(whole)) <= left) {
      StoredRecord record = records.get(whole);
      left -= size(record);
      chain = chain.verify(record);
      whole++;
    }
    refuse(chain, records.get(whole), left);
    long last = chain.lastSeq();
    List<Decision> kept = decisions.stream().filter(it -> it.lastSeq() <= last).toList();
    if (!kept.isEmpty()) {
      write(kept);
    }
    return kept;
  }

  /// A record of which only the first bytes are there must not be taken for one.
  private static void refuse(Chain chain, StoredRecord record, int bytes) {
    ByteString header = record.header();
    int inHeader = Math.min(bytes, header.size());
    var torn =
        new StoredRecord(
            record.seq(),
            record.id(),
            header.substring(0, inHeader),
            record.body().substring(0, Math.max(0, bytes - header.size())));
    try {
      chain.verify(torn);
    } catch (CorruptRecord e) {
      return;
    }
    throw new OracleFailed("Z11", "a torn record is taken for a whole one: " + record.seq());
  }

  private static int size(StoredRecord record) {
    return record.header().size() + record.body().size();
  }

  /// Loses the last decisions though they were synced.
  ///
  /// @return whether it lost any
  boolean forget(Dice dice) {
    int kept = Math.max(0, written.size() - dice.below(Math.min(12, written.size() + 1)));
    if (kept == written.size()) {
      return false;
    }
    List<Decision> left = List.copyOf(written.subList(0, kept));
    log = new MemoryRecordLog(STORE);
    written = new ArrayList<>();
    if (!left.isEmpty()) {
      write(left);
    }
    return true;
  }

  RecordLog.Restored restore() {
    return log.restore();
  }

  Optional<OpenThread> load(TaskId task) {
    return log.load(task);
  }

  /// What a server that asks now knows of the request.
  Once once(Request request) {
    long asOf = written.isEmpty() ? 0 : written.getLast().lastSeq();
    return new Once(request, asOf, log.find(request));
  }

  /// Everything that was written.
  List<StoredRecord> records() {
    return log.records();
  }

  /// The same, decision by decision.
  List<Decision> decisions() {
    return List.copyOf(written);
  }

  /// Reads the whole chain; throws where it does not hold.
  long verifyChain() {
    return end().lastSeq();
  }

  private Chain end() {
    Chain chain = Chain.START;
    for (StoredRecord record : log.records()) {
      chain = chain.verify(record);
    }
    return chain;
  }
}
