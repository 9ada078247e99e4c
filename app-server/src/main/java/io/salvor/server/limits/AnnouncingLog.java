package io.salvor.server.limits;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Request;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.provider.ProviderFact;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A log that says in the server's own log what a person should look at, once it is durable. To be
/// used as the log that it wraps.
public final class AnnouncingLog implements RecordLog {
  private static final Logger log = LoggerFactory.getLogger(AnnouncingLog.class);

  private final RecordLog records;
  private final MemoryWatch memory;

  public AnnouncingLog(RecordLog records, MemoryWatch memory) {
    this.records = records;
    this.memory = memory;
  }

  @Override
  public Restored restore() {
    return records.restore();
  }

  @Override
  public Optional<OpenThread> load(TaskId task) {
    return records.load(task);
  }

  @Override
  public Optional<Seen> find(Request request) {
    return records.find(request);
  }

  @Override
  public void appendDurably(List<Decision> decisions) {
    records.appendDurably(decisions);
    for (Decision decision : decisions) {
      decision.entries().forEach(entry -> announce(entry, decision));
    }
  }

  private void announce(Entry entry, Decision decision) {
    if (entry.statement() instanceof Statement.OfInstance about) {
      announce(about.fact());
    }
    if (entry.statement() instanceof Statement.OfTask(var recorded)) {
      switch (recorded.fact()) {
        case TaskFact.Claimed _ -> memory.preflight();
        case TaskFact.LimitNeared neared -> announce(task(decision, recorded.task()), neared);
        default -> {}
      }
    }
  }

  private static void announce(InstanceFact fact) {
    switch (fact) {
      case InstanceFact.AllowanceNeared neared -> log.warn("{}", LimitWords.neared(neared));
      case InstanceFact.EndingRepeated repeated when repeated.many() ->
          log.warn("{}", EndingWords.of(repeated));
      case InstanceFact.ProviderNoted(ProviderFact.Failed failed) when failed.hold().isPresent() ->
          log.warn("{}", ProviderWords.of(failed));
      case InstanceFact.ProviderNoted(ProviderFact.Served served) ->
          log.info("{}", ProviderWords.of(served));
      default -> {}
    }
  }

  private static void announce(Optional<Task> task, TaskFact.LimitNeared neared) {
    String display = task.map(it -> it.display().toString()).orElse("");
    log.atWarn().addKeyValue("task", display).log("{}: {}", display, LimitWords.neared(neared));
  }

  private static Optional<Task> task(Decision decision, TaskId id) {
    return decision.threads().stream()
        .map(OpenThread::task)
        .filter(it -> it.id().equals(id))
        .findFirst();
  }
}
