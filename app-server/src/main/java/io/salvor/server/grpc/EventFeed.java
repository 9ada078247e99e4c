package io.salvor.server.grpc;

import io.salvor.domain.event.Significance;
import io.salvor.domain.event.Significances;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoredRecord;
import io.salvor.records.ThreadFold;
import io.salvor.sqlite.Records;
import io.salvor.v1.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The log as events, page by page. Thread-safe.
public final class EventFeed {
  /// What the fields of an event mean.
  static final String FORMAT = "salvor.event.v1";

  private static final int PAGE = 200;
  private static final int FOLD_PAGE = 1_000;
  private static final int LOOK_BACK = 1_000;
  private static final String RESTORED = "store_restored";

  private final Records records;
  private final TaskLookup lookup;

  public EventFeed(Records records, TaskLookup lookup) {
    this.records = records;
    this.lookup = lookup;
  }

  /// Some events.
  ///
  /// @param cursor everything up to this seq was looked at
  public record Page(List<Event> events, long cursor) {
    public Page {
      events = List.copyOf(events);
    }
  }

  /// The next events after `afterSeq`, oldest first.
  public Page page(long afterSeq) {
    long last = records.lastSeq();
    List<StoredRecord> page = records.pageWithoutOutput(afterSeq, last, PAGE);
    var events = new ArrayList<Event>();
    for (StoredRecord stored : page) {
      event(stored).ifPresent(events::add);
    }
    return new Page(events, page.size() < PAGE ? last : page.getLast().seq());
  }

  /// Where a feed of what came since a moment begins.
  public long lastBefore(Instant moment) {
    return records.lastBefore(moment);
  }

  /// Seq of the last record; 0 for none.
  public long lastSeq() {
    return records.lastSeq();
  }

  /// That the store was restored, if it ever was: the last time.
  public Optional<Event> lastRestore() {
    for (long end = lastSeq(); end > 0; end -= LOOK_BACK) {
      Optional<Event> latest = restoreWithin(Math.max(0, end - LOOK_BACK), end);
      if (latest.isPresent()) {
        return latest;
      }
    }
    return Optional.empty();
  }

  private Optional<Event> restoreWithin(long after, long end) {
    Optional<Event> latest = Optional.empty();
    for (long cursor = after; cursor < end; ) {
      Page page = page(cursor);
      for (Event event : page.events()) {
        if (event.getSeq() <= end && event.getCause().equals(RESTORED)) {
          latest = Optional.of(event);
        }
      }
      cursor = page.cursor();
    }
    return latest;
  }

  private Optional<Event> event(StoredRecord stored) {
    Entry entry = RecordCodec.decode(stored);
    return Significances.of(entry.statement()).map(it -> event(stored, entry, it));
  }

  private Event event(StoredRecord stored, Entry entry, Significance meaning) {
    var event =
        Event.newBuilder()
            .setFormat(FORMAT)
            .setSeq(entry.seq())
            .setTime(Names.time(entry.at()))
            .setSeverity(Event.Severity.valueOf(meaning.severity().name()))
            .setUrgency(Event.Urgency.valueOf(meaning.urgency().name()))
            .setCause(meaning.cause())
            .setActor(entry.actor().value())
            .setKind(stored.readHeader().getKind())
            .setText(FactLine.of(entry.statement()));
    switch (entry.statement()) {
      case Statement.OfTask(var recorded) -> ofTask(event, entry, recorded);
      case Statement.OfInstance about -> event.setCommand(EventCommands.of(about.fact()));
    }
    return event.build();
  }

  private void ofTask(Event.Builder event, Entry entry, Recorded recorded) {
    TaskLookup.Place place = lookup.place(recorded.task());
    var then = new Then(recorded);
    event
        .setTask(Names.task(recorded.task()))
        .setDisplayId(place.display())
        .setProject(place.project())
        .setCommand(EventCommands.of(recorded, place.display(), then::task))
        .setAttempt(entry.attemptEpoch() == 0 ? ended(then) : open(entry.attemptEpoch()));
  }

  /// An open attempt's epoch is the seq of the record that claimed the task for it.
  private int open(long claim) {
    return records.page(claim - 1, 1).stream()
        .flatMap(stored -> RecordCodec.decode(stored).ofTask().stream())
        .map(Recorded::fact)
        .filter(TaskFact.Claimed.class::isInstance)
        .map(fact -> ((TaskFact.Claimed) fact).attempt().number())
        .findFirst()
        .orElse(0);
  }

  /// Number of the attempt that came to this; 0 where no attempt did.
  private static int ended(Then then) {
    return switch (then.recorded.fact()) {
      case TaskFact.AttemptEnded it -> it.attempt().number();
      case TaskFact.Salvaged it -> it.attempt().number();
      case TaskFact.GatesPassed _, TaskFact.GatesFailed _ -> then.task().lastAttempt();
      case TaskFact.Failed _,
          TaskFact.Parked _,
          TaskFact.Paused _,
          TaskFact.Blocked _,
          TaskFact.ConflictsLeft _,
          TaskFact.ReviewAsked _ ->
          then.task().attempts().stream()
              .filter(past -> past.endedAt().equals(then.recorded.at()))
              .map(past -> past.ref().number())
              .reduce(0, Math::max);
      default -> 0;
    };
  }

  /// The task as it was right after a record; folded when it is asked for, and once.
  private final class Then {
    private final Recorded recorded;
    private Optional<Task> folded = Optional.empty();

    Then(Recorded recorded) {
      this.recorded = recorded;
    }

    Task task() {
      if (folded.isEmpty()) {
        folded = Optional.of(after(recorded));
      }
      return folded.get();
    }
  }

  /// The task as it was right after a record.
  private Task after(Recorded recorded) {
    var fold = new ThreadFold();
    long seq = 0;
    while (seq < recorded.seq()) {
      List<StoredRecord> page = records.page(recorded.task(), seq, FOLD_PAGE);
      for (StoredRecord stored : page) {
        seq = stored.seq();
        if (seq > recorded.seq()) {
          break;
        }
        fold.add(stored);
      }
      if (page.isEmpty()) {
        break;
      }
    }
    return fold.thread().orElseThrow().task();
  }
}
