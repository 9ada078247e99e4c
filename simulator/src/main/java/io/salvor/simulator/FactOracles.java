package io.salvor.simulator;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.AgentEvent.Terminal;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Attempt;
import io.salvor.domain.task.Next;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Recovery;
import io.salvor.domain.task.StopCause;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.workspace.BroughtIn;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What must be true of every fact that reaches the disk.
final class FactOracles {
  private final World world;
  private final Ledger ledger;
  private final QuotaOracles quotas;
  private final ProviderOracles providers;

  FactOracles(World world, Ledger ledger, QuotaOracles quotas, ProviderOracles providers) {
    this.providers = providers;
    this.quotas = quotas;
    this.world = world;
    this.ledger = ledger;
  }

  void check(Optional<Task> before, Task after, Recorded recorded) {
    before.ifPresent(it -> {
      finalStays(it, after);
      moneyIsNotForgotten(it, after);
      openAttemptIsNotForgotten(it, after);
    });
    switch (recorded.fact()) {
      case TaskFact.Claimed claimed -> {
        require(
            "Z24", ledger.mayStart(after), after, "is claimed before what it depends on is merged");
        require(
            "Z3",
            claimed.attempt().epoch() == recorded.seq(),
            after,
            "has a token of another claim");
        require(
            "freeze",
            ledger.instance().instance().freeze().isEmpty(),
            after,
            "is claimed while all is frozen");
        Recovery recovery = after.spec().recovery();
        int retries = after.attempt().orElseThrow().start().retries();
        require(
            "Z21",
            retries <= recovery.maxRetries() + recovery.gateRepairs(),
            after,
            "began by itself " + retries + " times");
        require(
            "queue", nobodyBefore(before.orElseThrow(), recorded.at()), after, "jumps the queue");
      }
      case TaskFact.Spawned spawned -> {
        SimAgent agent = world.processes.find(spawned.attempt()).orElseThrow();
        require("Z1", agent.ran(), after, "runs and has no process");
        require("Z6", agent.identity().equals(spawned.process()), after, "has another's process");
      }
      case TaskFact.LimitNeared neared -> neared(before.orElseThrow(), after, neared);
      case TaskFact.AttemptEnded ended -> ended(before.orElseThrow(), after, ended);
      case TaskFact.Failed _ -> failed(after);
      case TaskFact.Paused _ -> paused(after, recorded);
      case TaskFact.Approved approved -> {
        require(
            "Z19",
            !ledger.worked(after.id(), recorded.actor()),
            after,
            "is approved by " + recorded.actor() + ", who worked on it");
        require("Z19", approved.head().length() == 40, after, "is approved without a commit");
      }
      case TaskFact.ReviewAsked asked -> resolved(before.orElseThrow(), after, asked);
      case TaskFact.Merged _ -> merged(after);
      case TaskFact.Pushed _ -> pushed(after);
      case TaskFact.Edited _ -> edited(before.orElseThrow(), after);
      case TaskFact.DependenciesChanged _ -> waitsForNobodyThatWaitsForIt(after);
      default -> {}
    }
  }

  /// An agent that was to resolve conflicts and committed nothing brings nothing to review.
  private static void resolved(Task before, Task after, TaskFact.ReviewAsked asked) {
    boolean left =
        before.attempt().flatMap(Attempt::broughtIn).orElse(null)
                instanceof BroughtIn.Conflicts conflicts
            && conflicts.head().equals(asked.head());
    require("Z20", !left, after, "comes to review with its conflicts");
  }

  /// An attempt goes by what it was started with.
  private static void edited(Task before, Task after) {
    boolean same =
        before.spec().agent().equals(after.spec().agent())
            && before.spec().briefHash().equals(after.spec().briefHash())
            && before.spec().base().equals(after.spec().base())
            && before.spec().limits().deadline().equals(after.spec().limits().deadline());
    require(
        "Z4", same || !before.kind().holdsSlot(), after, "changes under the attempt that is open");
    require("Z4", !before.kind().isFinal(), after, "is final and changes");
  }

  /// Whether no task is queued that may begin and is more urgent, or as urgent and longer there.
  private boolean nobodyBefore(Task claimed, Instant now) {
    return ledger.tasks().stream()
        .filter(it -> it.kind() == Kind.QUEUED && !quotas.isHeld(it, now, claimed))
        .filter(it -> !providers.mayBeHeld(it, now))
        .noneMatch(it -> {
          int more = it.spec().filing().priority().compareTo(claimed.spec().filing().priority());
          return more > 0 || (more == 0 && it.since() < claimed.since());
        });
  }

  private void waitsForNobodyThatWaitsForIt(Task task) {
    var reached = new TreeSet<TaskId>();
    var left = new ArrayDeque<TaskId>(waitingFor(task));
    while (!left.isEmpty()) {
      TaskId next = left.removeFirst();
      require("Z24", !next.equals(task.id()), task, "waits for itself");
      if (reached.add(next)) {
        ledger.task(next).ifPresent(it -> left.addAll(waitingFor(it)));
      }
    }
  }

  private static List<TaskId> waitingFor(Task task) {
    return task.state() instanceof TaskState.Pending pending ? pending.waitingFor() : List.of();
  }

  private static void finalStays(Task before, Task after) {
    require(
        "Z4",
        !before.kind().isFinal() || before.kind() == after.kind(),
        after,
        "was " + before.kind());
    boolean reopened =
        after.kind() == Kind.READY || after.kind() == Kind.QUEUED || after.kind() == Kind.VERIFYING;
    require(
        "Z4",
        !before.kind().isClosed()
            || before.kind() == after.kind()
            || reopened
            || after.kind() == Kind.REVIEW
            || after.kind().isFinal(),
        after,
        "left " + before.kind() + " by itself");
  }

  private static void moneyIsNotForgotten(Task before, Task after) {
    MicroUsd was = before.cost().orElse(MicroUsd.ZERO);
    MicroUsd is = after.cost().orElse(MicroUsd.ZERO);
    require("Z22", is.compareTo(was) >= 0, after, "has cost " + was + " and now " + is);
    require("Z22", after.tokens() >= before.tokens(), after, "forgets tokens");
  }

  /// What is said of a limit is so, and was not said before.
  private static void neared(Task before, Task after, TaskFact.LimitNeared neared) {
    long spent =
        switch (neared.meter()) {
          case COST -> after.cost().orElse(MicroUsd.ZERO).value();
          case TOKENS -> after.tokens();
        };
    require("Z22", neared.spent() == spent, after, "is said to have used " + neared);
    require(
        "Z22",
        neared.spent() * 100 >= neared.limit() * neared.percent(),
        after,
        "is not that near to its limit: " + neared);
    require(
        "Z22",
        before.neared().stream()
            .noneMatch(it ->
                it.meter() == neared.meter()
                    && it.limit() == neared.limit()
                    && it.percent() == neared.percent()),
        after,
        "was said before to be near to its limit: " + neared);
  }

  /// It stays open, or has an ending.
  private static void openAttemptIsNotForgotten(Task before, Task after) {
    Optional<AttemptRef> was = before.attempt().map(Attempt::ref);
    boolean known =
        was.equals(after.attempt().map(Attempt::ref))
            || after.attempts().stream().anyMatch(it -> was.equals(Optional.of(it.ref())));
    require("Z2", was.isEmpty() || known, after, "forgets an attempt that was never ended");
  }

  private void ended(Task before, Task after, TaskFact.AttemptEnded ended) {
    Optional<SimAgent> known = world.processes.find(ended.attempt());
    if (known.isEmpty()) {
      require("Z20", !ended.ending().success(), after, "succeeded without an agent");
      return;
    }
    SimAgent agent = known.get();
    require("Z6", !agent.anythingAlive(), after, "has ended and " + World.name(agent) + " lives");
    require("Z6", agent.ticket != SimAgent.Ticket.FREE, after, "has ended and may still begin");
    PastAttempt past = after.attempts().getLast();
    require(
        "Z5",
        ended.started() || !agent.ran() || agent.leftNoTrace(),
        after,
        "is said not to have started, and " + World.name(agent) + " ran");
    require(
        "Z10",
        past.progress().offset() == agent.length(),
        after,
        "read to " + past.progress().offset() + " of " + agent.length());
    require(
        "Z22",
        past.progress().usage().equals(agent.usage().max(past.progress().usage())),
        after,
        "knows of " + past.progress().usage() + " where " + agent.usage() + " was told");
    successIsProven(after, agent, ended);
    successIsKept((TaskState.Stopping) before.state(), after, agent, ended);
  }

  private static void successIsProven(Task after, SimAgent agent, TaskFact.AttemptEnded ended) {
    boolean silentCommand = agent.agent.protocol() == Protocol.COMMAND && agent.leftByItselfWith(0);
    require(
        "Z20",
        !ended.ending().success() || agent.saidSuccessUnasked() || silentCommand,
        after,
        "succeeded without evidence");
  }

  /// A result that was finished before anybody stopped anything is one.
  private static void successIsKept(
      TaskState.Stopping stopping, Task after, SimAgent agent, TaskFact.AttemptEnded ended) {
    boolean finished =
        (agent.leftByItselfWith(0) || agent.diedAfterItsSuccess())
            && stopping.cause() != StopCause.RESULT_LINGERS
            && (agent.saidSuccess()
                || (agent.agent.protocol() == Protocol.COMMAND
                    && agent.lastWord().isEmpty()
                    && stopping.cause() == StopCause.EXITED));
    boolean cancelled = stopping.cause() == StopCause.CANCEL;
    require(
        "Z5",
        !finished || cancelled || ended.ending().success(),
        after,
        "had finished and ended as " + ended.ending());
    require("Z4", !(cancelled && ended.ending().success()), after, "was cancelled and succeeded");
    require(
        "Z5",
        stopping.cause() != StopCause.RESULT_LINGERS
            || ended.ending().success() == lingeredAfterSuccess(stopping, agent),
        after,
        "is not judged by the word after which it lingered: " + ended.ending());
    if (stopping.next() instanceof Next.Judge && ended.ending().success()) {
      require("Z1", ended.started(), after, "succeeded and never started");
    }
  }

  /// The word it lingered after; where that was said when its deadline had ended the agent, the
  /// last one before that.
  private static boolean lingeredAfterSuccess(TaskState.Stopping stopping, SimAgent agent) {
    Terminal word = stopping.progress().terminal().orElseThrow();
    return (agent.endedAtDeadline && !agent.saidUnasked(word))
        ? agent.lastWordUnasked().filter(SimAgent::isSuccess).isPresent()
        : SimAgent.isSuccess(word);
  }

  /// A success fails only for want of its branch.
  private static void failed(Task after) {
    PastAttempt last = after.attempts().getLast();
    require(
        "Z5",
        !last.ending().success() || last.workspace().head().isEmpty(),
        after,
        "threw a result away");
  }

  private static void paused(Task after, Recorded recorded) {
    if (!recorded.actor().equals(Actor.SALVOR) || after.attempts().isEmpty()) {
      return;
    }
    PastAttempt last = after.attempts().getLast();
    require(
        "Z5",
        !last.ending().success() || last.progress().reloadAsked(),
        after,
        "rests on a result");
  }

  private void merged(Task after) {
    String head = ((TaskState.Merged) after.state()).head();
    require(
        "Z19",
        world.repository(after).targetContains(head),
        after,
        "is MERGED, and its target lacks " + head);
  }

  private void pushed(Task after) {
    String commit = ((TaskState.Merged) after.state()).targetCommit();
    require(
        "Z19", world.repository(after).remoteHas(commit), after, "is said to be pushed and is not");
  }

  private static void require(String invariant, boolean holds, Task task, String what) {
    if (!holds) {
      throw new OracleFailed(invariant, task.display() + " " + what);
    }
  }
}
