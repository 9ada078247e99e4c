package io.salvor.cli.task;

import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Paint;
import io.salvor.cli.text.Table;
import io.salvor.cli.text.Times;
import io.salvor.v1.Diagnosis;
import io.salvor.v1.Evidence;
import io.salvor.v1.NextStep;
import io.salvor.v1.Remedy;
import io.salvor.v1.Task;
import io.salvor.v1.TimelineEntry;
import java.util.ArrayList;
import java.util.List;

/// A diagnosis as a person reads it.
final class DiagnosisText {
  private final Times times;
  private final Paint paint;

  DiagnosisText(Times times, Paint paint) {
    this.times = times;
    this.paint = paint;
  }

  String full(Diagnosis diagnosis) {
    Task task = diagnosis.getTask();
    var text = new StringBuilder();
    text.append(task.getDisplayId()).append("  ").append(Clean.line(task.getTitle()));
    text.append("  ").append(paint.state(task.getState(), task.getState().name())).append('\n');
    if (!diagnosis.getSummary().isEmpty()) {
      text.append(Clean.line(diagnosis.getSummary())).append('\n');
    }
    Table facts = new Table("  ");
    if (diagnosis.hasEnding()) {
      String detail = Clean.line(diagnosis.getEnding().getDetail());
      String pair = TaskText.ending(diagnosis.getEnding());
      facts.row("ending", detail.isEmpty() ? pair : pair + ": " + detail);
    }
    if (diagnosis.hasEvidence()) {
      facts.row("evidence", evidence(diagnosis.getEvidence()));
    }
    if (diagnosis.hasRemedy()) {
      facts.row("remedy", remedy(diagnosis.getRemedy()));
    }
    if (diagnosis.hasWorkspace()) {
      facts.row("left", TaskText.left(diagnosis.getWorkspace()));
    }
    facts.row("spent", TaskText.usage(task.getTotalUsage()));
    text.append('\n').append(facts);
    if (diagnosis.getAttemptSummary().getTimedOut()) {
      text.append(AttemptSummaryText.of(diagnosis.getAttemptSummary(), times));
    }
    timeline(diagnosis.getTimelineList(), text);
    if (diagnosis.getOutputTailCount() > 0) {
      text.append("\nits last output\n");
      diagnosis
          .getOutputTailList()
          .forEach(line -> text.append("  | ").append(Clean.line(line, 200)).append('\n'));
    }
    next(diagnosis.getNextStepsList(), text);
    return text.toString();
  }

  private static String remedy(Remedy remedy) {
    String changes =
        remedy.getChangesCount() == 0 ? "" : ", " + String.join(", ", remedy.getChangesList());
    return remedy.getRemedy().replace('_', ' ')
        + changes
        + " (row "
        + remedy.getRow()
        + "): "
        + Clean.line(remedy.getWhy());
  }

  private static String evidence(Evidence evidence) {
    List<String> parts = new ArrayList<>();
    parts.add(
        evidence.hasExitStatus()
            ? "exit status " + evidence.getExitStatus()
            : "no exit status was left");
    if (evidence.getPossibleSignal() > 0) {
      parts.add("which may be signal " + evidence.getPossibleSignal());
    }
    parts.add(evidence.getResultSeen() ? "a closing statement" : "no closing statement");
    if (!evidence.getOpenTool().isEmpty()) {
      parts.add("the call of " + Clean.line(evidence.getOpenTool(), 60) + " was open");
    }
    if (evidence.getOomKilled()) {
      parts.add("the kernel killed for memory");
    }
    if (evidence.getHostRestarted()) {
      parts.add("the host was started anew");
    }
    if (evidence.getReadFailed()) {
      parts.add("its output could not be read to the end");
    }
    if (evidence.getEndedAtDeadline()) {
      parts.add("ended at its deadline while no server ran");
    }
    if (evidence.getSurvivorsKilled() > 0) {
      parts.add(TaskText.count(evidence.getSurvivorsKilled(), "survivor") + " ended");
    }
    return String.join(", ", parts);
  }

  private void timeline(List<TimelineEntry> timeline, StringBuilder text) {
    if (timeline.isEmpty()) {
      return;
    }
    Table table = new Table("  ");
    for (TimelineEntry entry : timeline) {
      table.row(
          times.clock(entry.getTime()),
          entry.getState() == Task.State.STATE_UNSPECIFIED ? "" : entry.getState().name(),
          entry.getAttempt() == 0 ? "" : "#" + entry.getAttempt(),
          entry.getActor(),
          Clean.line(entry.getText(), 200));
    }
    text.append("\ntimeline, from ").append(times.date(timeline.getFirst().getTime())).append('\n');
    text.append(table);
  }

  private static void next(List<NextStep> steps, StringBuilder text) {
    if (steps.isEmpty()) {
      return;
    }
    Table table = new Table("  ");
    steps.forEach(step -> table.row(step.getCommand(), Clean.line(step.getWhy())));
    text.append("\nnext\n").append(table);
  }
}
