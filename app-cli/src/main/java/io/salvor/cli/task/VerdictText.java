package io.salvor.cli.task;

import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Table;
import io.salvor.v1.Approval;
import io.salvor.v1.Push;
import io.salvor.v1.Submission;
import io.salvor.v1.Task;

/// What was said of work, and what became of it after that, as a person reads it.
final class VerdictText {
  private VerdictText() {}

  static void rows(Task task, Table table) {
    if (task.hasSubmission()) {
      submission(task.getSubmission(), table);
    }
    if (task.hasApproval()) {
      approval(task.getApproval(), table);
    }
    if (!task.getTargetCommit().isEmpty()) {
      table.row("merged as", task.getTargetBranch() + " at " + Clean.hash(task.getTargetCommit()));
    }
    if (task.hasPush()) {
      push(task.getPush(), table);
    }
  }

  private static void submission(Submission submission, Table table) {
    String said = in(submission.getDomain()) + because(submission.getSummary());
    if (!said.isEmpty()) {
      table.row("handed in", said.startsWith(": ") ? said.substring(2) : said.strip());
    }
  }

  private static void approval(Approval approval, Table table) {
    table.row(
        "approved by",
        approval.getActor()
            + " at "
            + Clean.hash(approval.getCommit())
            + in(approval.getDomain())
            + because(approval.getNotes()));
  }

  private static void push(Push push, Table table) {
    switch (push.getState()) {
      case DONE -> table.row("pushed to", push.getRemote());
      case FAILED -> table.row("not pushed", push.getRemote() + because(push.getDetail()));
      case PENDING -> table.row("to be pushed", push.getRemote());
      case STATE_UNSPECIFIED, UNRECOGNIZED -> {}
    }
  }

  private static String in(String domain) {
    return domain.isEmpty() ? "" : " in " + Clean.line(domain);
  }

  private static String because(String text) {
    return text.isBlank() ? "" : ": " + Clean.line(text, 300);
  }
}
