package io.salvor.domain.journal;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.spending.Spent;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Recovery;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Decisions made by hand, each following on the last. Used by one thread.
public final class HandMade {
  /// Who brings everything about.
  public static final Actor ANN = new Actor("user:ann");

  private final Map<TaskId, OpenThread> threads = new TreeMap<>();
  private Instant now = Instant.parse("2026-03-01T09:00:00.123456Z");
  private InstanceThread instance = InstanceThread.NEW;
  private long lastSeq;
  private long lastNumber;

  /// An id that is the same in every run.
  public static TaskId task(int n) {
    return new TaskId(new UUID(0x0190_0000_0000_7000L + n, 0x8000_0000_0000_0000L + n));
  }

  /// A specification with nothing special in it.
  public static TaskSpec spec(String title) {
    var spec =
        new TaskSpec(
            title,
            "b".repeat(64),
            "/work/project",
            Optional.of("main"),
            Optional.empty(),
            new Agent(
                "tester",
                Protocol.COMMAND,
                PermissionProfile.EDIT,
                List.of("true"),
                Optional.empty()),
            Limits.DEFAULT,
            List.of(),
            TaskSpec.Preparation.NONE,
            List.of());
    return spec.withRecovery(Recovery.DEFAULT.withoutRetries());
  }

  /// Moves the wall clock.
  public HandMade later(Duration by) {
    now = now.plus(by);
    return this;
  }

  /// The task is created.
  public Decision create(TaskId task) {
    return create(task, Optional.empty());
  }

  /// The task is created because of a request.
  public Decision create(TaskId task, Optional<Request> request) {
    lastNumber++;
    var created =
        new TaskFact.Created(new DisplayId(lastNumber), spec("Task " + lastNumber), List.of());
    return decide(task, request, created);
  }

  /// These facts, in one decision.
  public Decision decide(TaskId task, TaskFact... facts) {
    return decide(task, Optional.empty(), facts);
  }

  /// These facts, in one decision, because of a request.
  public Decision decide(TaskId task, Optional<Request> request, TaskFact... facts) {
    var entries = new ArrayList<Entry>();
    var spent = new ArrayList<Spent>();
    @Nullable OpenThread thread = threads.get(task);
    for (TaskFact fact : facts) {
      lastSeq++;
      var recorded = new Recorded(task, lastSeq, ANN, now, fact);
      OpenThread after = Threads.after(thread, recorded);
      boolean last = entries.size() == facts.length - 1;
      var cause = entries.isEmpty() ? request : Optional.<Request>empty();
      entries.add(Threads.entry(thread, after, recorded, cause, last));
      threads.put(task, after);
      Spent.by(thread == null ? null : thread.task(), after.task(), recorded).ifPresent(spent::add);
      thread = after;
    }
    return new Decision(entries, List.of(), List.of(thread(task)), spent);
  }

  /// This about the whole instance, because of a request.
  public Decision decide(Optional<Request> request, InstanceFact fact) {
    lastSeq++;
    var statement = new Statement.OfInstance(lastSeq, ANN, now, fact);
    instance = instance.after(statement);
    Entry entry = Threads.entry(instance, statement, request).last();
    return new Decision(List.of(entry), List.of(), List.of());
  }

  /// The instance's thread as the last decision leaves it.
  public InstanceThread instance() {
    return instance;
  }

  /// The thread as the last decision leaves it.
  public OpenThread thread(TaskId task) {
    return Optional.ofNullable(threads.get(task)).orElseThrow();
  }

  /// Seq of the last record made.
  public long lastSeq() {
    return lastSeq;
  }
}
