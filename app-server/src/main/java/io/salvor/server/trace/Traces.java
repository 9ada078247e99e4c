package io.salvor.server.trace;

import io.salvor.domain.agent.Usage;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Task;
import io.salvor.server.grpc.AttemptMessages;
import io.salvor.v1.Attempt;
import io.salvor.v1.Span;
import io.salvor.v1.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Makes a trace of the records of a task and its attempts. Used by one thread.
public final class Traces {
  /// What the fields of a trace mean.
  private static final String FORMAT = "salvor.trace.v1";

  private final Task task;
  private final TaskSpans spans;
  private long lastSeq;

  /// @param task as its records leave it
  public Traces(Task task) {
    this.task = task;
    this.spans = new TaskSpans(task);
  }

  /// Takes the next record of the task and its attempts, from the first on.
  public void take(Recorded it) {
    spans.take(it);
    lastSeq = it.seq();
  }

  /// The whole tree, or one attempt of it with what that is part of.
  ///
  /// @param attempt its number; 0 for all
  public Trace trace(int attempt) {
    return Trace.newBuilder()
        .setFormat(FORMAT)
        .setTraceId(task.id().toString().replace("-", ""))
        .setTask("tasks/" + task.id())
        .setDisplayId(task.display().toString())
        .setTitle(task.spec().title())
        .setProject(task.spec().project())
        .setAgent(task.spec().agent().name())
        .setProtocol(task.spec().agent().protocol().name().toLowerCase(Locale.ROOT))
        .addAllSpans(of(attempt, withUsage(spans.all(), task)))
        .setLastSeq(lastSeq)
        .build();
  }

  private static List<Span> of(int attempt, List<Span> spans) {
    return attempt == 0
        ? spans
        : spans.stream()
            .filter(it -> it.getKind() == Span.Kind.TASK || it.getAttempt() == attempt)
            .toList();
  }

  /// What each attempt has used by itself, and all of them together.
  private static List<Span> withUsage(List<Span> spans, Task task) {
    List<Usage> used = task.usages();
    var attempts = new ArrayList<Attempt>();
    for (int i = 0; i < used.size(); i++) {
      int number =
          i < task.attempts().size() ? task.attempts().get(i).ref().number() : task.lastAttempt();
      attempts.add(
          Attempt.newBuilder()
              .setNumber(number)
              .setUsage(AttemptMessages.usage(used.get(i)))
              .build());
    }
    return spans.stream().map(span -> withUsage(span, attempts)).toList();
  }

  private static Span withUsage(Span span, List<Attempt> attempts) {
    return switch (span.getKind()) {
      case TASK -> span.toBuilder().setUsage(AttemptMessages.total(attempts)).build();
      case ATTEMPT, AGENT ->
          attempts.stream()
              .filter(it -> it.getNumber() == span.getAttempt())
              .findFirst()
              .map(it -> span.toBuilder().setUsage(it.getUsage()).build())
              .orElse(span);
      default -> span;
    };
  }
}
