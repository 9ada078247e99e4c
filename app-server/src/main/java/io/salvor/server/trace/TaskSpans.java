package io.salvor.server.trace;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import io.salvor.v1.Span;
import io.salvor.v1.Span.Kind;
import io.salvor.v1.Span.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a task's records begin and end. Used by one thread.
final class TaskSpans {
  private static final int SHOWN = 300;

  private final Task task;
  private final SpanTree tree;

  /// What is under way, at most one of a kind.
  private final Map<Kind, Span.Builder> open = new EnumMap<>(Kind.class);

  private final Map<Integer, Span.Builder> attempts = new TreeMap<>();
  private Optional<AgentSpans> agent = Optional.empty();

  /// @param task as its records leave it
  TaskSpans(Task task) {
    this.task = task;
    this.tree = new SpanTree(task.id());
  }

  List<Span> all() {
    return tree.inOrder();
  }

  /// Takes the next record.
  void take(Recorded it) {
    switch (it.fact()) {
      case TaskFact.Created _ ->
          open.put(Kind.TASK, tree.begin(Kind.TASK, task.spec().title(), "", it));
      case TaskFact.Observed observed -> agent.ifPresent(spans -> spans.take(it, observed.event()));
      case TaskFact.Dispatched _ -> {
        reopen();
        end(Kind.QUEUE, it, Outcome.OUTCOME_UNSPECIFIED, "");
        begin(Kind.QUEUE, "queue", it);
      }
      case TaskFact.Claimed claimed -> claimed(it, claimed);
      case TaskFact.WorkspaceReady _ -> end(Kind.SETUP, it, Outcome.OK, "");
      case TaskFact.SpawnIntended intended -> begin(Kind.SPAWN, "spawn", intended.attempt(), it);
      case TaskFact.Spawned spawned -> spawned(it, spawned);
      case TaskFact.StopIntended stop ->
          begin(Kind.STOP, "stop", stop.attempt(), it).setDetail(label(stop.cause()));
      case TaskFact.AttemptEnded ended -> ended(it, ended);
      case TaskFact.GatesIntended gates -> begin(Kind.GATES, "gates", gates.attempt(), it);
      case TaskFact.GatesPassed _ -> gates(it, Outcome.OK, "");
      case TaskFact.GatesFailed failed -> gates(it, Outcome.FAILED, failed.detail());
      case TaskFact.VerifyIntended _ -> begin(Kind.GATES, "gates, by hand", it);
      case TaskFact.Verified verified ->
          verified.gates().stream()
              .filter(gate -> !gate.passed())
              .findFirst()
              .ifPresentOrElse(
                  gate -> gates(it, Outcome.FAILED, gate.command() + ": " + gate.failure()),
                  () -> gates(it, Outcome.OK, ""));
      case TaskFact.SalvageIntended salvage ->
          begin(Kind.SALVAGE, "salvage", salvage.attempt(), it);
      case TaskFact.Salvaged _ -> end(Kind.SALVAGE, it, Outcome.OK, "");
      case TaskFact.ReviewAsked _, TaskFact.ApprovalVoided _ -> {
        end(Kind.REVIEW, it, Outcome.OUTCOME_UNSPECIFIED, "");
        begin(Kind.REVIEW, "review", it);
      }
      case TaskFact.Approved _ -> end(Kind.REVIEW, it, Outcome.OK, "");
      case TaskFact.Rejected rejected -> {
        failed(Kind.REVIEW, it, "rejected", rejected.reason());
        close(it, Outcome.FAILED, "rejected");
      }
      case TaskFact.MergeIntended merge -> begin(Kind.MERGE, "merge into " + merge.target(), it);
      case TaskFact.MergeRefused refused ->
          failed(Kind.MERGE, it, "merge_" + refused.kind(), refused.detail());
      case TaskFact.Merged _ -> {
        end(Kind.MERGE, it, Outcome.OK, "");
        close(it, Outcome.OK, "");
      }
      case TaskFact.PushIntended push -> begin(Kind.PUSH, "push to " + push.remote(), it);
      case TaskFact.Pushed _ -> {
        end(Kind.PUSH, it, Outcome.OK, "");
        close(it, Outcome.OK, "");
      }
      case TaskFact.PushFailed failed -> {
        failed(Kind.PUSH, it, "push_failed", failed.detail());
        close(it, Outcome.OK, "");
      }
      case TaskFact.Failed failed -> close(it, Outcome.FAILED, failed.ending().reason().label());
      case TaskFact.Cancelled _ -> close(it, Outcome.FAILED, "cancelled");
      case TaskFact.Skipped _ -> close(it, Outcome.FAILED, "skipped");
      case TaskFact.Reopened _ -> reopen();
      case TaskFact.DependencyMet _,
          TaskFact.Adopted _,
          TaskFact.StopRedirected _,
          TaskFact.ConflictsLeft _,
          TaskFact.Parked _,
          TaskFact.Paused _,
          TaskFact.Blocked _,
          TaskFact.Commented _,
          TaskFact.Retried _,
          TaskFact.Forced _,
          TaskFact.ResetIntended _,
          TaskFact.ResetDone _,
          TaskFact.ResetRefused _,
          TaskFact.Answered _,
          TaskFact.ShellOpened _,
          TaskFact.BudgetChanged _,
          TaskFact.LimitNeared _,
          TaskFact.Edited _,
          TaskFact.DependenciesChanged _,
          TaskFact.WorkspaceRemoved _ -> {}
    }
  }

  private void claimed(Recorded it, TaskFact.Claimed claimed) {
    reopen();
    end(Kind.QUEUE, it, Outcome.OK, "");
    int number = claimed.attempt().number();
    String mode = claimed.mode() == StartMode.FRESH ? "" : ", " + label(claimed.mode());
    attempts.put(number, begin(Kind.ATTEMPT, "attempt " + number + mode, it).setAttempt(number));
    begin(Kind.SETUP, "setup", claimed.attempt(), it);
  }

  private void spawned(Recorded it, TaskFact.Spawned spawned) {
    end(Kind.SPAWN, it, Outcome.OK, "");
    Optional<PastAttempt> over =
        task.attempts().stream().filter(past -> past.ref().equals(spawned.attempt())).findFirst();
    Agent now = task.spec().agent();
    String name = over.map(PastAttempt::agent).orElse(now.name());
    Protocol protocol = over.map(PastAttempt::protocol).orElse(now.protocol());
    Span.Builder span = begin(Kind.AGENT, "agent " + name, spawned.attempt(), it);
    agent =
        Optional.of(
            new AgentSpans(tree, span, protocol, it, toldBefore(protocol, spawned.attempt())));
  }

  /// What the session of this attempt had told in earlier ones, where totals go on from there.
  private Usage toldBefore(Protocol protocol, AttemptRef ref) {
    Optional<String> session =
        task.attempts().stream()
            .filter(past -> past.ref().equals(ref))
            .findFirst()
            .map(PastAttempt::progress)
            .orElseGet(task::progress)
            .session();
    return !protocol.totalsSpanSession() || session.isEmpty()
        ? Usage.NONE
        : task.attempts().stream()
            .filter(past -> past.ref().number() < ref.number() && past.protocol() == protocol)
            .map(PastAttempt::progress)
            .filter(past -> past.session().equals(session))
            .map(past -> past.usage())
            .reduce(Usage.NONE, Usage::highest);
  }

  private void ended(Recorded it, TaskFact.AttemptEnded ended) {
    Ending ending = ended.ending();
    String reason = ending.reason().label();
    failed(Kind.SETUP, it, reason, ending.detail());
    failed(Kind.SPAWN, it, reason, ending.detail());
    end(Kind.STOP, it, Outcome.OK, "");
    for (Kind kind : List.of(Kind.AGENT, Kind.ATTEMPT)) {
      if (ending.success()) {
        end(kind, it, Outcome.OK, ending.detail());
      } else {
        failed(kind, it, reason, ending.detail());
      }
    }
    agent = Optional.empty();
  }

  /// Gates run when the attempt is over, and are part of it.
  private void gates(Recorded it, Outcome outcome, String detail) {
    Kind kind = open.containsKey(Kind.SALVAGE) ? Kind.SALVAGE : Kind.GATES;
    if (outcome == Outcome.OK && kind == Kind.SALVAGE) {
      return;
    }
    Span.Builder gates = open.get(kind);
    if (gates != null && kind == Kind.GATES) {
      Optional.ofNullable(attempts.get(gates.getAttempt()))
          .ifPresent(attempt -> attempt.setEndTime(SpanTree.time(it)).setLastSeq(it.seq()));
    }
    if (outcome == Outcome.OK) {
      end(kind, it, outcome, detail);
    } else {
      failed(kind, it, "gates_failed", detail);
    }
  }

  private Span.Builder begin(Kind kind, String name, Recorded it) {
    Span.Builder span = tree.begin(kind, name, root().getSpanId(), it);
    open.put(kind, span);
    return span;
  }

  private Span.Builder begin(Kind kind, String name, AttemptRef attempt, Recorded it) {
    Span.Builder parent = attempts.getOrDefault(attempt.number(), root());
    Span.Builder span = tree.begin(kind, name, parent.getSpanId(), it).setAttempt(attempt.number());
    open.put(kind, span);
    return span;
  }

  private void failed(Kind kind, Recorded it, String cause, String detail) {
    Optional.ofNullable(open.get(kind)).ifPresent(span -> span.setCause(cause));
    end(kind, it, Outcome.FAILED, detail);
  }

  private void end(Kind kind, Recorded it, Outcome outcome, String detail) {
    Span.Builder span = open.remove(kind);
    if (span != null) {
      SpanTree.end(span, it, outcome);
      if (!detail.isEmpty()) {
        span.setDetail(shown(detail));
      }
    }
  }

  private Span.Builder root() {
    Span.Builder root = open.get(Kind.TASK);
    if (root == null) {
      throw new IllegalStateException("a task's records begin with its creation");
    }
    return root;
  }

  /// The task is over; it may be begun again.
  private void close(Recorded it, Outcome outcome, String cause) {
    end(Kind.QUEUE, it, Outcome.OUTCOME_UNSPECIFIED, "");
    end(Kind.REVIEW, it, Outcome.OUTCOME_UNSPECIFIED, "");
    SpanTree.end(root().setCause(cause), it, outcome);
  }

  private void reopen() {
    root().clearEndTime().clearLastSeq().setCause("").setOutcome(Outcome.OPEN);
  }

  private static String label(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String shown(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
  }
}
