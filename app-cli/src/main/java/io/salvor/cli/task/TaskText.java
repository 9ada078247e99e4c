package io.salvor.cli.task;

import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Durations;
import io.salvor.cli.text.Money;
import io.salvor.cli.text.Paint;
import io.salvor.cli.text.Table;
import io.salvor.cli.text.Times;
import io.salvor.v1.Agent;
import io.salvor.v1.Attempt;
import io.salvor.v1.Ending;
import io.salvor.v1.Limits;
import io.salvor.v1.Task;
import io.salvor.v1.TaskWorkspace;
import io.salvor.v1.Usage;
import io.salvor.v1.WorkspaceSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A task as a person reads it.
final class TaskText {
  private final Times times;
  private final Paint paint;

  TaskText(Times times, Paint paint) {
    this.times = times;
    this.paint = paint;
  }

  /// One line: what it is and where it stands.
  String line(Task task) {
    String detail = Clean.line(task.getStateDetail(), 300);
    return task.getDisplayId() + "  " + name(task) + (detail.isEmpty() ? "" : "  " + detail) + "\n";
  }

  /// All there is to know at a glance.
  String full(Task task) {
    Table table = new Table("  ");
    table.row("state", state(task));
    if (!task.getWaitsFor().getWhat().isEmpty()) {
      table.row("waits for", waits(task));
    }
    if (task.hasMergeRefusal()) {
      var refusal = task.getMergeRefusal();
      table.row("not merged", refusal.getKind() + ": " + Clean.line(refusal.getDetail()));
    }
    task.getWarningsList().forEach(it -> table.row("mind", Clean.line(it)));
    if (!task.getNextCommand().isEmpty()) {
      table.row("next", task.getNextCommand());
    }
    table.row("agent", agent(task.getAgent()));
    filing(task, table);
    table.row("limits", limits(task.getLimits()));
    table.row("spent", usage(task.getTotalUsage()));
    table.row("project", project(task));
    workspace(task.getWorkspace(), table);
    if (task.getAttemptsCount() > 0) {
      table.row("thread", thread(task, task.getAttempts(task.getAttemptsCount() - 1)));
    }
    if (task.getExecutorsCount() > 0) {
      table.row("worked on by", String.join(", ", task.getExecutorsList()));
    }
    VerdictText.rows(task, table);
    table.row("asked for by", task.getCreator() + " on " + times.date(task.getCreateTime()));
    return task.getDisplayId()
        + "  "
        + Clean.line(task.getTitle())
        + "\n"
        + table
        + attempts(task.getAttemptsList(), task.getTotalUsage());
  }

  /// As `thread records` takes it: that of the last attempt, and that of the task.
  private static String thread(Task task, Attempt last) {
    String id = task.getDisplayId();
    return id + "/" + last.getNumber() + " of the last attempt, " + id + " of the task";
  }

  private static void filing(Task task, Table table) {
    boolean usual =
        task.getPriority() == Task.Priority.MEDIUM
            || task.getPriority() == Task.Priority.PRIORITY_UNSPECIFIED;
    if (!usual) {
      table.row("priority", task.getPriority().name().toLowerCase(Locale.ROOT));
    }
    if (task.getLabelsCount() > 0) {
      table.row("labels", String.join(", ", task.getLabelsList()));
    }
    if (!task.getDomain().isEmpty()) {
      table.row("domain", task.getDomain());
    }
  }

  private String state(Task task) {
    String since = task.hasStateTime() ? " for " + times.age(task.getStateTime()) : "";
    String detail = Clean.line(task.getStateDetail());
    return name(task) + since + (detail.isEmpty() ? "" : ": " + detail);
  }

  private String name(Task task) {
    return paint.state(task.getState(), task.getState().name());
  }

  private String waits(Task task) {
    String what = Clean.line(task.getWaitsFor().getWhat());
    return task.getWaitsFor().hasUntilTime()
        ? what + ", until " + times.date(task.getWaitsFor().getUntilTime())
        : what;
  }

  private static String agent(Agent agent) {
    var text = new StringBuilder(agent.getName());
    text.append(" (").append(agent.getProfile().name().toLowerCase(Locale.ROOT)).append(')');
    if (!agent.getModel().isEmpty()) {
      text.append(", model ").append(Clean.line(agent.getModel()));
      if (!agent.getFallbackModel().isEmpty()
          && !agent.getFallbackModel().equals(agent.getModel())) {
        text.append(" or ").append(Clean.line(agent.getFallbackModel()));
      }
    }
    if (agent.getLauncher() == Agent.Launcher.TMUX) {
      text.append(", in a window of tmux");
    }
    if (agent.getCommandCount() > 0) {
      text.append(": ").append(Clean.line(String.join(" ", agent.getCommandList()), 120));
    }
    return text.toString();
  }

  private static String limits(Limits limits) {
    List<String> parts = new ArrayList<>();
    if (limits.hasCostMicroUsd()) {
      parts.add(Money.format(limits.getCostMicroUsd()));
    }
    if (limits.hasTokens()) {
      parts.add(number(limits.getTokens()) + " tokens");
    }
    if (limits.hasTurns()) {
      parts.add(limits.getTurns() + " turns");
    }
    if (limits.hasDeadline()) {
      parts.add(length(limits.getDeadline()));
    }
    if (limits.hasSilence()) {
      parts.add(length(limits.getSilence()) + " of silence");
    }
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }

  /// Money with its source, and tokens.
  static String usage(Usage usage) {
    String cost =
        usage.hasCostMicroUsd() ? Money.format(usage.getCostMicroUsd()) : "an unknown amount";
    String source =
        switch (usage.getCostSource()) {
          case ACCUMULATED -> " (summed while it ran)";
          case PRICED -> " (its tokens at list prices)";
          case RESULT -> " (told by the agent)";
          case MIXED -> " (partly told by the agent)";
          case COST_SOURCE_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    long in = usage.getInputTokens() + usage.getCacheReadTokens() + usage.getCacheWriteTokens();
    if (in == 0 && usage.getOutputTokens() == 0) {
      return cost + source;
    }
    return cost
        + source
        + ", "
        + number(in)
        + " tokens in ("
        + number(usage.getCacheReadTokens())
        + " cached), "
        + number(usage.getOutputTokens())
        + " out";
  }

  private static String project(Task task) {
    String target = task.getTargetBranch();
    return task.getProject() + (target.isEmpty() ? "" : ", to be merged into " + target);
  }

  private static void workspace(TaskWorkspace workspace, Table table) {
    if (workspace.getPath().isEmpty()) {
      return;
    }
    table.row("worktree", workspace.getPath());
    String head = workspace.getHead().isEmpty() ? "" : " at " + Clean.hash(workspace.getHead());
    table.row(
        "branch", workspace.getBranch() + head + ", from " + Clean.hash(workspace.getBaseCommit()));
  }

  private String attempts(List<Attempt> attempts, Usage total) {
    if (attempts.isEmpty()) {
      return "  no attempt yet\n";
    }
    Table table = new Table("    ");
    for (Attempt attempt : attempts) {
      table.row(
          Integer.toString(attempt.getNumber()),
          attempt.getMode().name().toLowerCase(Locale.ROOT),
          attempt.hasEnding() ? ending(attempt.getEnding()) : openState(attempt),
          Durations.format(lasted(attempt)),
          cost(attempt.getUsage()),
          attempt.getToolCalls() + " tool calls",
          attempt.hasWorkspace() ? left(attempt.getWorkspace()) : "");
    }
    if (attempts.size() > 1) {
      table.row(
          "all",
          "",
          attempts.size() + " attempts",
          lasted(attempts),
          cost(total),
          calls(attempts),
          "");
    }
    return "  attempts\n" + table;
  }

  private Duration lasted(Attempt attempt) {
    Instant end = attempt.hasEndTime() ? Times.instant(attempt.getEndTime()) : times.now();
    return Duration.between(Times.instant(attempt.getStartTime()), end);
  }

  private String lasted(List<Attempt> attempts) {
    return Durations.format(
        attempts.stream().map(this::lasted).reduce(Duration.ZERO, Duration::plus));
  }

  private static String calls(List<Attempt> attempts) {
    return attempts.stream().mapToInt(Attempt::getToolCalls).sum() + " tool calls";
  }

  private static String cost(Usage usage) {
    return usage.hasCostMicroUsd() ? Money.format(usage.getCostMicroUsd()) : "-";
  }

  private static String openState(Attempt attempt) {
    String pid = attempt.getPid() == 0 ? "" : " (pid " + attempt.getPid() + ")";
    return attempt.getState().name().toLowerCase(Locale.ROOT) + pid;
  }

  /// The pair.
  static String ending(Ending ending) {
    return ending.getCodepath() + " / " + ending.getReason();
  }

  /// What a workspace held.
  static String left(WorkspaceSummary workspace) {
    if (!workspace.getPresent() && workspace.getHead().isEmpty()) {
      return "no branch found";
    }
    String snapshot =
        workspace.getSnapshot().isEmpty()
            ? ""
            : " (saved as " + Clean.hash(workspace.getSnapshot()) + ")";
    return count(workspace.getCommitsAhead(), "commit")
        + ", "
        + count(workspace.getUncommittedFiles(), "uncommitted file")
        + snapshot;
  }

  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String length(com.google.protobuf.Duration duration) {
    return Durations.format(Duration.ofSeconds(duration.getSeconds()));
  }

  /// With commas between thousands.
  static String number(long number) {
    var digits = new StringBuilder(Long.toString(number));
    for (int at = digits.length() - 3; at > 0; at -= 3) {
      digits.insert(at, ',');
    }
    return digits.toString();
  }
}
