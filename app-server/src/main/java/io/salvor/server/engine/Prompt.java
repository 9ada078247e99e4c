package io.salvor.server.engine;

import io.salvor.domain.task.Attempt;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.Task;
import io.salvor.domain.workspace.BroughtIn;
import java.util.List;
import java.util.stream.Collectors;

/// What an agent is told.
final class Prompt {
  private Prompt() {}

  /// The brief; before it, where work goes on, what happened before and what is there now.
  ///
  /// @param briefing of the workspace as it stands, see
  ///   [io.salvor.domain.workspace.Workspaces#briefing]
  static String text(Task task, Attempt attempt, String brief, String briefing) {
    if (attempt.broughtIn().isPresent()) {
      return resolving(task, attempt.broughtIn().get(), brief, briefing);
    }
    String asked = brief + Answers.text(task);
    if (attempt.mode() == StartMode.FRESH || task.lastStarted().isEmpty()) {
      return asked;
    }
    PastAttempt before = task.lastStarted().get();
    return """
    %s
    Its work is still here, in your working directory, on branch %s:

    %s
    Do not redo what is done. Look at it first, check what is unfinished or uncommitted, and go on from there. Make
    ordinary commits; do not amend, rebase or reset the commits that are there.

    The task:

    %s
    """
        .formatted(whatHappened(before), task.branch(), briefing.strip().indent(2), asked);
  }

  private static String whatHappened(PastAttempt before) {
    if (before.answer().isPresent()) {
      return """
      You take up work that waited for an answer: attempt %d on this task ended with a question, and nothing of it runs
      any more. The question and its answer stand behind the task below; go on with that.
      """
          .formatted(before.ref().number())
          .strip();
    }
    if (before.gateFailure().isPresent()) {
      return """
      The work on the task below was handed in by attempt %d, and a check of the project does not pass on it. Repair that,
      without weakening the check. It said:

      %s
      """
          .formatted(before.ref().number(), before.gateFailure().get().strip().indent(2))
          .stripTrailing();
    }
    String interrupted =
        "You take up work that was interrupted. Attempt %d on this task ended with %s (%s)%s; nothing of it runs any more."
            .formatted(
                before.ref().number(),
                before.ending().reason().label(),
                before.ending().codepath().label(),
                before.ending().detail().isEmpty() ? "" : ": " + before.ending().detail());
    return before.ending().reason() == Ending.Reason.LOOP_DETECTED
        ? interrupted
            + "\nIt did that again and again, and the same came of it each time. Do not do it once more: find out"
            + "\nfirst why nothing changes, say which file or command should have changed it, and take another way."
        : interrupted;
  }

  private static String resolving(Task task, BroughtIn broughtIn, String brief, String briefing) {
    return """
    The work on the task below is done on branch %s, in your working directory, and was accepted. It could not be
    merged into %s, %s

    %s
    Keep what both sides meant. Run the checks that the project has. Make ordinary commits; do not abort the merge, and
    do not amend, rebase or reset the commits that are there. Change nothing else.

    What is there now:

    %s
    The task that the work was done for:

    %s
    """
        .formatted(
            task.branch(),
            task.spec().target().orElse("its target"),
            obstacle(task),
            whatToDo(task, broughtIn),
            briefing.strip().indent(2),
            brief);
  }

  private static String obstacle(Task task) {
    return task.lastStarted()
        .flatMap(PastAttempt::gateFailure)
        .map(it ->
            "which was changed meanwhile: a check of the project does not pass on the two together."
                + " It said:\n\n"
                + it.strip().indent(2))
        .orElse("where the same lines were changed meanwhile.");
  }

  private static String whatToDo(Task task, BroughtIn broughtIn) {
    String target = task.spec().target().orElse("the target") + " (" + broughtIn.commit() + ")";
    return switch (broughtIn) {
      case BroughtIn.Clean _ ->
          """
          %s is now merged into your branch without a conflict. Check that the work still does what it should, and mend and
          commit what does not.
          """
              .formatted(target);
      case BroughtIn.Conflicts(_, _, var files) when files.isEmpty() ->
          """
          A merge of %s into your branch is under way, and no conflict is left in it. Check it, and finish it with
          `git commit`.
          """
              .formatted(target);
      case BroughtIn.Conflicts(_, _, var files) ->
          """
          A merge of %s into your branch is under way. Both sides changed these files, and git left its conflict markers
          in them:

          %s
          Resolve each of them, `git add` it, and finish the merge with `git commit`.
          """
              .formatted(target, listed(files));
      case BroughtIn.InTheWay(_, var files) ->
          """
          These files have changes that are not committed, and that a merge of %s would overwrite:

          %s
          Commit what belongs to the work and discard the rest; then `git merge %s`, resolve its conflicts, and finish it
          with `git commit`.
          """
              .formatted(target, listed(files), broughtIn.commit());
    };
  }

  private static String listed(List<String> files) {
    return files.stream().map(file -> "  " + file + "\n").collect(Collectors.joining());
  }
}
