package io.salvor.domain.recovery;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the matrix looks at: the end of an attempt, what it left, and what went before.
///
/// @param reason of its ending; that gates do not pass on its work outweighs that it succeeded, and
///   so does what the task failed of
/// @param commits commits on the task's branch that are not in its base
/// @param uncommittedFiles files that are changed and not committed
/// @param branchThere whether the branch still is
/// @param toolOpen whether a tool call had begun and not ended
/// @param said whether the agent had put out anything
/// @param session whether the agent had a session of its own and did something in it
/// @param fallback whether there is another model to fall back on
/// @param spiralled whether it did much and left nothing
/// @param reading whether the task belongs to a field in which long thinking is the work
/// @param again whether the attempt before it, of which this one was to go on, ended the same way
public record Symptoms(
    Ending.Codepath codepath,
    Ending.Reason reason,
    int commits,
    int uncommittedFiles,
    boolean branchThere,
    boolean toolOpen,
    boolean said,
    boolean session,
    boolean fallback,
    boolean spiralled,
    boolean reading,
    boolean again) {

  private static final Set<String> READING =
      new TreeSet<>(List.of("research", "writing", "docs", "review", "analysis"));

  /// Those of the last attempt of a task.
  ///
  /// @throws java.util.NoSuchElementException where none is over
  public static Symptoms of(Task task) {
    return of(task, task.attempts());
  }

  /// Those of the last one of these attempts of a task.
  static Symptoms of(Task task, List<PastAttempt> attempts) {
    PastAttempt last = attempts.getLast();
    var left = last.workspace();
    int tools = last.progress().toolCalls();
    boolean nothing = left.commitsAhead() == 0 && left.clean();
    return new Symptoms(
        last.ending().codepath(),
        reason(task, last),
        left.commitsAhead(),
        left.uncommittedFiles(),
        left.head().isPresent(),
        last.progress().openTool().isPresent(),
        last.spoke(),
        last.progress().session().isPresent() && tools > 0,
        fallback(task).isPresent(),
        nothing && tools >= task.spec().recovery().spiral(),
        task.spec().filing().domain().filter(READING::contains).isPresent(),
        again(attempts));
  }

  private static Ending.Reason reason(Task task, PastAttempt last) {
    if (last.gateFailure().isPresent()) {
      return Ending.Reason.GATES_FAILED;
    }
    return task.state() instanceof TaskState.Failed(var ending)
        ? ending.reason()
        : last.ending().reason();
  }

  /// The model that the task's agent falls back on, where it has not yet.
  static Optional<String> fallback(Task task) {
    Agent agent = task.spec().agent();
    return agent.fallbackModel().filter(it -> !agent.model().equals(Optional.of(it)));
  }

  private static boolean again(List<PastAttempt> attempts) {
    PastAttempt last = attempts.getLast();
    if (last.mode() == StartMode.FRESH || attempts.size() < 2) {
      return false;
    }
    Ending before = attempts.get(attempts.size() - 2).ending();
    return before.codepath() == last.ending().codepath()
        && before.reason() == last.ending().reason();
  }

  /// Whether there is work that would be lost with the workspace.
  public boolean work() {
    return commits > 0 || uncommittedFiles > 0;
  }

  /// Whether there is something to go on from.
  public boolean traces() {
    return branchThere && (work() || session);
  }
}
