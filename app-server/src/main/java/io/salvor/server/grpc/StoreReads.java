package io.salvor.server.grpc;

import io.salvor.sqlite.Integrity;
import io.salvor.sqlite.RebuildReport;
import io.salvor.sqlite.SqliteStore;
import io.salvor.v1.ProjectionState;
import io.salvor.v1.RebuildStoreResponse;
import io.salvor.v1.StateCount;
import java.util.List;

/// What the instance's service asks the store. Thread-safe.
public final class StoreReads {
  private final SqliteStore store;

  public StoreReads(SqliteStore store) {
    this.store = store;
  }

  String lineage() {
    return store.identity().lineage().toString();
  }

  long epoch() {
    return store.identity().epoch();
  }

  /// How many records there are.
  public long lastSeq() {
    return store.records().lastSeq();
  }

  List<StateCount> counts() {
    return store.tasks().counts().stream().map(StoreReads::message).toList();
  }

  private static StateCount message(io.salvor.sqlite.StateCount count) {
    var message =
        StateCount.newBuilder()
            .setState(TaskMessages.state(count.state()))
            .setCount(Math.toIntExact(count.tasks()));
    count.oldest().ifPresent(at -> message.setOldestTime(Names.time(at)));
    return message.build();
  }

  RebuildStoreResponse rebuild(boolean onlyCheck) {
    long records = lastSeq();
    boolean chain =
        store.integrity().verifyChain(1, records) instanceof Integrity.ChainReport.Intact;
    RebuildReport report = onlyCheck ? store.rebuild().check() : store.rebuild().rebuild();
    return RebuildStoreResponse.newBuilder()
        .setConsistent(report.same())
        .setChainIntact(chain)
        .setRecords(records)
        .addProjections(
            ProjectionState.newBuilder()
                .setName("tasks")
                .setRows(report.tasks())
                .setConsistent(report.same())
                .setStateHash(report.foldedHash()))
        .build();
  }
}
