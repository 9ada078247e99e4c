package io.salvor.server.grpc;

import io.salvor.domain.agent.Usage;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Progress;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.workspace.WorkspaceSummary;
import io.salvor.v1.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Attempts as messages.
public final class AttemptMessages {
  private AttemptMessages() {}

  /// All attempts of a task, oldest first.
  ///
  /// @param window where the one that runs can be watched; empty for nowhere
  static List<Attempt> of(Task task, String window) {
    var all = new ArrayList<Attempt>();
    List<Usage> used = task.usages();
    for (PastAttempt past : task.attempts()) {
      all.add(past(task, past, used.get(all.size())));
    }
    boolean listed =
        task.attempts().stream().anyMatch(past -> past.ref().number() == task.lastAttempt());
    if (!listed) {
      open(task, used, window).ifPresent(all::add);
    }
    return all;
  }

  private static Attempt past(Task task, PastAttempt past, Usage used) {
    var message =
        said(past.progress(), used)
            .setName(Names.attempt(task.id(), past.ref().number()))
            .setNumber(past.ref().number())
            .setEpoch(past.ref().epoch())
            .setMode(mode(past.mode()))
            .setState(Attempt.State.ENDED)
            .setStartTime(Names.time(past.claimedAt()))
            .setEndTime(Names.time(past.endedAt()))
            .setAgentStarted(past.started())
            .setEnding(ending(past.ending()))
            .setWorkspace(workspace(past.workspace()));
    past.answer()
        .ifPresent(it ->
            message
                .getAnswerBuilder()
                .setActor(it.by().value())
                .setTime(Names.time(it.at()))
                .setText(it.text()));
    return message.build();
  }

  private static Optional<Attempt> open(Task task, List<Usage> used, String window) {
    return task.attempt()
        .map(attempt ->
            said(task.progress(), used.getLast())
                .setName(Names.attempt(task.id(), attempt.ref().number()))
                .setNumber(attempt.ref().number())
                .setEpoch(attempt.ref().epoch())
                .setMode(mode(attempt.mode()))
                .setState(state(task))
                .setStartTime(Names.time(attempt.claimedAt()))
                .setAgentStarted(pid(task) != 0)
                .setPid(pid(task))
                .setWindow(window)
                .build());
  }

  private static Attempt.Builder said(Progress progress, Usage used) {
    var attempt =
        Attempt.newBuilder()
            .setUsage(usage(used))
            .setToolCalls(progress.toolCalls())
            .setEvents(progress.events())
            .setReloadAsked(progress.reloadAsked());
    progress.session().ifPresent(attempt::setSession);
    progress.model().ifPresent(attempt::setModel);
    progress.openTool().ifPresent(tool -> attempt.setOpenTool(tool.tool()));
    progress.question().ifPresent(attempt::setQuestion);
    return attempt;
  }

  /// The agent's process; 0 where there is none.
  static long pid(Task task) {
    return switch (task.state()) {
      case TaskState.Running running -> running.process().pid();
      case TaskState.Stopping stopping -> stopping.process().map(it -> it.pid()).orElse(0L);
      default -> 0;
    };
  }

  private static Attempt.State state(Task task) {
    return switch (task.kind()) {
      case CLAIMED -> Attempt.State.STARTING;
      case RUNNING -> Attempt.State.RUNNING;
      case STOPPING -> Attempt.State.STOPPING;
      case VERIFYING -> Attempt.State.VERIFYING;
      default -> Attempt.State.ENDED;
    };
  }

  private static Attempt.Mode mode(StartMode mode) {
    return switch (mode) {
      case FRESH -> Attempt.Mode.FRESH;
      case RESUME -> Attempt.Mode.RESUME;
      case RESOLVE -> Attempt.Mode.RESOLVE;
    };
  }

  static io.salvor.v1.Ending ending(Ending ending) {
    return io.salvor.v1.Ending.newBuilder()
        .setCodepath(ending.codepath().label())
        .setReason(ending.reason().label())
        .setDetail(ending.detail())
        .build();
  }

  static io.salvor.v1.WorkspaceSummary workspace(WorkspaceSummary summary) {
    return io.salvor.v1.WorkspaceSummary.newBuilder()
        .setPresent(summary.present())
        .setHead(summary.head().orElse(""))
        .setCommitsAhead(summary.commitsAhead())
        .setUncommittedFiles(summary.uncommittedFiles())
        .setSnapshot(summary.snapshot().orElse(""))
        .build();
  }

  /// What was used, as a message.
  public static io.salvor.v1.Usage usage(Usage usage) {
    var message =
        io.salvor.v1.Usage.newBuilder()
            .setInputTokens(usage.inputTokens())
            .setOutputTokens(usage.outputTokens())
            .setCacheReadTokens(usage.cacheReadTokens())
            .setCacheWriteTokens(usage.cacheWriteTokens())
            .setTurns(usage.turns());
    usage
        .cost()
        .ifPresent(cost -> message.setCostMicroUsd(cost.value()).setCostSource(source(usage)));
    return message.build();
  }

  private static io.salvor.v1.Usage.CostSource source(Usage usage) {
    return switch (usage.source()) {
      case UNKNOWN -> io.salvor.v1.Usage.CostSource.COST_SOURCE_UNSPECIFIED;
      case ACCUMULATED -> io.salvor.v1.Usage.CostSource.ACCUMULATED;
      case PRICED -> io.salvor.v1.Usage.CostSource.PRICED;
      case RESULT -> io.salvor.v1.Usage.CostSource.RESULT;
    };
  }

  /// The sum over all attempts of a task.
  public static io.salvor.v1.Usage total(List<Attempt> attempts) {
    var total = io.salvor.v1.Usage.newBuilder();
    for (Attempt attempt : attempts) {
      io.salvor.v1.Usage one = attempt.getUsage();
      total
          .setInputTokens(total.getInputTokens() + one.getInputTokens())
          .setOutputTokens(total.getOutputTokens() + one.getOutputTokens())
          .setCacheReadTokens(total.getCacheReadTokens() + one.getCacheReadTokens())
          .setCacheWriteTokens(total.getCacheWriteTokens() + one.getCacheWriteTokens())
          .setTurns(total.getTurns() + one.getTurns());
      if (one.hasCostMicroUsd()) {
        boolean first = !total.hasCostMicroUsd();
        total
            .setCostMicroUsd(total.getCostMicroUsd() + one.getCostMicroUsd())
            .setCostSource(
                first || total.getCostSource() == one.getCostSource()
                    ? one.getCostSource()
                    : io.salvor.v1.Usage.CostSource.MIXED);
      }
    }
    return total.build();
  }
}
