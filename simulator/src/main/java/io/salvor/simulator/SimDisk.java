package io.salvor.simulator;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Request;
import io.salvor.records.Chain;
import io.salvor.records.MemoryRecordLog;
import io.salvor.records.StoreIdentity;
import io.salvor.records.StoredRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The disk with the log on it: every entry goes through the real codec, there and back. Whatever
/// was written survives the server.
final class SimDisk {
  private final MemoryRecordLog log =
      new MemoryRecordLog(new StoreIdentity(new UUID(0x1L, 0x8000_0000_0000_0001L), 1));

  void write(List<Decision> decisions) {
    log.appendDurably(decisions);
  }

  RecordLog.Restored restore() {
    return log.restore();
  }

  Optional<OpenThread> load(TaskId task) {
    return log.load(task);
  }

  Optional<RecordLog.Seen> find(Request request) {
    return log.find(request);
  }

  /// Everything that was written.
  List<StoredRecord> records() {
    return log.records();
  }

  /// Reads the whole chain; throws where it does not hold.
  long verifyChain() {
    Chain chain = Chain.START;
    for (StoredRecord record : log.records()) {
      chain = chain.verify(record);
    }
    return chain.lastSeq();
  }
}
