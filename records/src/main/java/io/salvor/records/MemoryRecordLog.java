package io.salvor.records;

import io.salvor.domain.access.Actor;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Request;
import io.salvor.domain.spending.Spending;
import io.salvor.domain.spending.Spent;
import io.salvor.domain.task.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A log in memory that keeps nothing but stored bytes: every entry goes through the codec, there
/// and back.
///
/// What was appended is there for whoever holds this object, as a disk's content survives its
/// server. Safe for use by many threads.
public final class MemoryRecordLog implements RecordLog {
  private static final Duration REQUESTS_KEPT = Duration.ofHours(24);

  private final StoreIdentity store;
  private final List<StoredRecord> records = new ArrayList<>();
  private final Map<TaskId, List<StoredRecord>> threads = new TreeMap<>();
  private final Map<String, Long> clocks = new TreeMap<>();
  private final Map<TaskId, TaskRow> rows = new TreeMap<>();
  private final Map<String, String> documents = new TreeMap<>();
  private final Map<RequestKey, SeenAt> requests = new LinkedHashMap<>();
  private final InstanceFold instance = new InstanceFold();
  private Chain chain = Chain.START;
  private Instant lastAt = Instant.EPOCH;

  /// An empty log.
  public MemoryRecordLog(StoreIdentity store) {
    this.store = store;
  }

  @Override
  public synchronized Restored restore() {
    var open = new ArrayList<OpenThread>();
    long lastNumber = 0;
    for (TaskRow row : rows.values()) {
      lastNumber = Math.max(lastNumber, row.display().number());
      if (!row.closed()) {
        load(row.id()).ifPresent(open::add);
      }
    }
    return new Restored(
        store.lineage().toString(),
        chain.lastSeq(),
        lastNumber,
        instance.thread(),
        open,
        spending());
  }

  /// Folded from all records, each time anew.
  private Spending spending() {
    Spending spending = Spending.NONE;
    for (List<StoredRecord> thread : threads.values()) {
      var fold = new ThreadFold();
      thread.forEach(fold::add);
      for (Spent spent : fold.spent()) {
        spending = spending.plus(spent);
      }
    }
    return spending;
  }

  @Override
  public synchronized Optional<OpenThread> load(TaskId task) {
    var fold = new ThreadFold();
    threads.getOrDefault(task, List.of()).forEach(fold::add);
    return fold.thread();
  }

  @Override
  public synchronized Optional<Seen> find(Request request) {
    return Optional.ofNullable(requests.get(RequestKey.of(request)))
        .filter(it -> isFresh(it, lastAt))
        .map(SeenAt::seen);
  }

  @Override
  public synchronized void appendDurably(List<Decision> decisions) {
    Chain.Linked linked = chain.link(store, decisions);
    Map<String, Long> clocksAfter = clocksAfter(decisions);
    refuseRepeated(decisions);
    clocks.putAll(clocksAfter);
    for (StoredRecord record : linked.records()) {
      Entry entry = RecordCodec.decode(record);
      records.add(record);
      entry
          .ofTask()
          .ifPresentOrElse(
              it -> threads.computeIfAbsent(it.task(), _ -> new ArrayList<>()).add(record),
              () -> instance.add(record));
      lastAt = entry.at();
    }
    chain = linked.after();
    for (Decision decision : decisions) {
      decision.threads().forEach(thread -> rows.put(thread.task().id(), TaskRow.of(thread)));
      decision.documents().forEach(it -> documents.putIfAbsent(it.hash(), it.text()));
      decision.entries().forEach(entry -> remember(entry, decision.lastSeq()));
    }
    requests.values().removeIf(it -> !isFresh(it, lastAt));
  }

  /// All records, oldest first.
  public synchronized List<StoredRecord> records() {
    return List.copyOf(records);
  }

  /// The projection's rows in the order of their ids.
  public synchronized List<TaskRow> rows() {
    return List.copyOf(rows.values());
  }

  /// The text with this SHA-256.
  public synchronized Optional<String> document(String hash) {
    return Optional.ofNullable(documents.get(hash));
  }

  private void remember(Entry entry, long lastSeq) {
    entry
        .request()
        .ifPresent(it ->
            requests.put(
                RequestKey.of(it),
                new SeenAt(
                    new Seen(it.payloadHash(), entry.ofTask().map(Recorded::task), lastSeq),
                    entry.at())));
  }

  /// The last clocks after these decisions. Each record must be the next of its thread.
  private Map<String, Long> clocksAfter(List<Decision> decisions) {
    var after = new TreeMap<String, Long>();
    for (Decision decision : decisions) {
      for (Entry entry : decision.entries()) {
        String thread = entry.thread().toString();
        long last = after.getOrDefault(thread, clocks.getOrDefault(thread, 0L));
        if (entry.clock() != last + 1) {
          throw new IllegalStateException(
              "after " + last + " records in " + thread + " comes no " + entry.clock());
        }
        after.put(thread, entry.clock());
      }
    }
    return after;
  }

  private void refuseRepeated(List<Decision> decisions) {
    for (Decision decision : decisions) {
      for (Entry entry : decision.entries()) {
        entry
            .request()
            .filter(it -> isFresh(requests.get(RequestKey.of(it)), entry.at()))
            .ifPresent(it -> {
              throw new IllegalStateException("carried out before: " + it);
            });
      }
    }
  }

  private static boolean isFresh(@Nullable SeenAt seen, Instant now) {
    return seen != null && seen.at().isAfter(now.minus(REQUESTS_KEPT));
  }

  private record RequestKey(Actor actor, String method, String id) {
    static RequestKey of(Request request) {
      return new RequestKey(request.actor(), request.method(), request.id());
    }
  }

  private record SeenAt(Seen seen, Instant at) {}
}
