package io.salvor.domain.task;

import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.task.Ending.Codepath;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.TaskState.Stopping;
import io.salvor.domain.workspace.BroughtIn;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.util.Optional;

/// What follows when nothing of an attempt lives any more.
final class AfterAttempt {
  /// So often an agent is started again at its own wish before a person has to look.
  private static final int RELOADS_IN_A_ROW = 20;

  private final StartPolicy starts;
  private final Recovering recovering;

  AfterAttempt(StartPolicy starts, Adviser adviser) {
    this.starts = starts;
    this.recovering = new Recovering(adviser);
  }

  Outcome gone(Draft draft, Finding.Gone gone) {
    Evidence evidence = gone.evidence();
    if (!(draft.task().state() instanceof Stopping stopping)) {
      return ObservationDecider.misplaced(draft.task());
    }
    boolean started = ran(stopping, evidence);
    Ending ending =
        onBranch(draft.task(), ending(draft.task(), stopping, evidence, started), gone.workspace());
    draft.add(
        new TaskFact.AttemptEnded(
            stopping.attempt().ref(),
            started,
            ending,
            started ? Optional.of(evidence) : Optional.empty(),
            gone.workspace(),
            draft.now().wall()));
    return switch (stopping.next()) {
      case Next.Cancel cancel ->
          draft.add(cancel.by(), new TaskFact.Cancelled(cancel.reason())).accepted();
      case Next.Pause pause when !ending.success() || stopping.progress().reloadAsked() ->
          draft.add(pause.by(), new TaskFact.Paused(pause.reason())).accepted();
      case Next.Pause _, Next.Judge _ -> judged(draft, stopping, ending, gone);
      case Next.StartAgain _ when gone.unread().isPresent() ->
          draft.add(unread(ending, gone.unread().get())).accepted();
      case Next.StartAgain again -> startAgain(draft, stopping, again, ending);
    };
  }

  /// A server that went down between a start and its record never saw the process: what the agent
  /// left speaks for it (Z5).
  private static boolean ran(Stopping stopping, Evidence evidence) {
    boolean leftTraces = stopping.progress().events() > 0 || evidence.exit() instanceof Exit.Status;
    return stopping.process().isPresent()
        || (leftTraces && stopping.cause() != StopCause.START_FAILED);
  }

  private static Ending ending(Task task, Stopping stopping, Evidence evidence, boolean started) {
    if (started) {
      return EndingClassifier.classify(
          stopping.cause(), stopping.progress(), evidence, task.spec().agent().protocol());
    }
    return stopping.next() instanceof Next.StartAgain again
        ? new Ending(Codepath.START_FAILED, again.reason(), again.detail())
        : new Ending(
            Codepath.STOPPED,
            stopping.cause() == StopCause.FREEZE ? Reason.FROZEN : Reason.CANCELLED,
            "before the agent started");
  }

  /// A success beside the task's branch is none: nothing of it would be judged or merged.
  private static Ending onBranch(Task task, Ending ending, WorkspaceSummary left) {
    if (!ending.success() || left.head().isEmpty() || left.elsewhere().isEmpty()) {
      return ending;
    }
    return new Ending(
        ending.codepath(),
        Reason.WORKSPACE_FAILED,
        "the workspace is on "
            + left.elsewhere().get()
            + " and not on "
            + task.branch()
            + ": bring there what belongs to it, then salvor task done "
            + task.display());
  }

  private Outcome judged(Draft draft, Stopping stopping, Ending ending, Finding.Gone gone) {
    Optional<String> unread = gone.unread();
    if (unread.isEmpty() && wantsReload(stopping, ending)) {
      return reload(draft, stopping.attempt().start());
    }
    if (unread.isEmpty() && ending.success()) {
      return succeeded(draft, stopping, ending, gone.workspace().head());
    }
    switch (ending.reason()) {
      case INPUT_REQUIRED -> draft.add(new TaskFact.Blocked(ending.detail()));
      case COST_LIMIT, TOKEN_LIMIT -> draft.add(new TaskFact.Paused(ending.detail()));
      default ->
          unread.ifPresentOrElse(
              why -> draft.add(unread(ending, why)),
              () -> recovering.recover(draft, stopping.attempt().start(), ending));
    }
    return draft.accepted();
  }

  /// A person looks before anything is begun over what nobody could read.
  private static TaskFact unread(Ending ending, String why) {
    return new TaskFact.Failed(
        new Ending(
            ending.codepath(),
            Reason.WORKSPACE_FAILED,
            "what is in its workspace is left there and not known: " + why));
  }

  /// Spreads tasks that failed together.
  private static long seed(Task task, int times) {
    return task.id().value().getLeastSignificantBits() + times;
  }

  /// An agent that asked for it is started again, unless a limit ended it before its last word.
  private static boolean wantsReload(Stopping stopping, Ending ending) {
    return stopping.progress().reloadAsked() && (ending.success() || !stopping.cause().wished());
  }

  private static Outcome reload(Draft draft, Start start) {
    return draft.add(afterReload(draft.task(), start)).accepted();
  }

  /// An agent that only ever asks to be started again must not go on for ever unseen.
  private static TaskFact afterReload(Task task, Start start) {
    if (SpentLimits.spent(task).isPresent()) {
      return new TaskFact.Paused("the agent asked to go on, and its limits are spent");
    }
    return reloadsInARow(task) < RELOADS_IN_A_ROW
        ? new TaskFact.Dispatched(
            start.instead(start.mode() == StartMode.RESOLVE ? StartMode.RESOLVE : StartMode.RESUME))
        : new TaskFact.Paused(
            "the agent asked " + RELOADS_IN_A_ROW + " times in a row to be started again");
  }

  private static long reloadsInARow(Task task) {
    return task.attempts().reversed().stream()
        .takeWhile(past -> past.progress().reloadAsked())
        .count();
  }

  private static Outcome succeeded(
      Draft draft, Stopping stopping, Ending ending, Optional<String> branch) {
    Task task = draft.task();
    if (branch.isEmpty()) {
      var gone =
          new Ending(
              ending.codepath(),
              Reason.WORKSPACE_FAILED,
              "the branch " + task.branch() + " is gone");
      return draft.add(new TaskFact.Failed(gone)).accepted();
    }
    String head = branch.get();
    if (stopping.attempt().broughtIn().orElse(null) instanceof BroughtIn.Conflicts conflicts
        && conflicts.head().equals(head)) {
      return draft.add(new TaskFact.ConflictsLeft(head, conflicts.files())).accepted();
    }
    if (!task.spec().gates().isEmpty() && stopping.workspace().isPresent()) {
      Workspace workspace = stopping.workspace().get();
      return draft
          .add(new TaskFact.GatesIntended(stopping.attempt().ref(), workspace, head))
          .accepted();
    }
    return draft.add(new TaskFact.ReviewAsked(head, task.executors(), ending.detail())).accepted();
  }

  private Outcome startAgain(Draft draft, Stopping stopping, Next.StartAgain again, Ending ending) {
    Start next = startOver(draft.task(), stopping.attempt().start());
    int failed = next.failedStarts();
    if (again.permanent() || failed >= starts.maxFailedStarts()) {
      return draft.add(new TaskFact.Failed(ending)).accepted();
    }
    return draft
        .add(
            new TaskFact.Parked(
                draft.now().wall().plus(starts.delayAfter(failed, seed(draft.task(), failed))),
                next,
                ending.detail()))
        .accepted();
  }

  /// The same once more; but what Salvor chose to begin afresh because nothing was there is gone on
  /// with, where somebody has left work there since.
  private static Start startOver(Task task, Start failed) {
    boolean chosenAlone = failed.mode() == StartMode.FRESH && failed.retries() > 0;
    boolean work = task.lastSummary().commitsAhead() > 0 || !task.lastSummary().clean();
    return chosenAlone && work ? failed.again(StartMode.RESUME) : failed.again(failed.mode());
  }
}
