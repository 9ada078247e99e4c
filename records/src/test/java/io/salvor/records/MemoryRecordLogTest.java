package io.salvor.records;

import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.RecordLogContract;
import java.util.UUID;

final class MemoryRecordLogTest extends RecordLogContract {
  private final MemoryRecordLog log = new MemoryRecordLog(new StoreIdentity(new UUID(1, 2), 1));

  @Override
  protected RecordLog log() {
    return log;
  }

  @Override
  protected RecordLog reopened() {
    return log;
  }
}
