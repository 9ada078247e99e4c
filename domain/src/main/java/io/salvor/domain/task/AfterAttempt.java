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
    if (!(draft.task().state() instanceof Stopping stopping)) {
      return ObservationDecider.misplaced(draft.task());
    }
    Ending ending = ending(draft.task(), stopping, gone.evidence());
    draft.add(ended(draft, stopping, ending, gone.evidence(), gone.workspace()));
    return switch (stopping.next()) {
      case Next.Cancel cancel -> cancelled(draft, cancel);
      case Next.Pause pause when stillPauses(stopping, ending) -> paused(draft, pause);
      case Next.Pause _, Next.Judge _ -> judged(draft, stopping, ending, gone.workspace());
      case Next.StartAgain again -> startAgain(draft, stopping, again, ending);
    };
  }

  /// A person looks before anything is begun over what nobody could read.
  Outcome goneUnread(Draft draft, Finding.GoneUnread gone) {
    if (!(draft.task().state() instanceof Stopping stopping)) {
      return ObservationDecider.misplaced(draft.task());
    }
    Ending ending = ending(draft.task(), stopping, gone.evidence());
    draft.add(ended(draft, stopping, ending, gone.evidence(), WorkspaceSummary.NONE));
    return switch (stopping.next()) {
      case Next.Cancel cancel -> cancelled(draft, cancel);
      case Next.Pause pause when stillPauses(stopping, ending) -> paused(draft, pause);
      case Next.Pause _, Next.Judge _ when waits(ending) -> waiting(draft, ending);
      case Next.Pause _, Next.Judge _, Next.StartAgain _ ->
          failed(
              draft, ending, "what is in its workspace is left there and not known: " + gone.why());
    };
  }

  private static TaskFact ended(
      Draft draft, Stopping stopping, Ending ending, Evidence evidence, WorkspaceSummary left) {
    boolean started = ran(stopping, evidence);
    return new TaskFact.AttemptEnded(
        stopping.attempt().ref(),
        started,
        ending,
        started ? Optional.of(evidence) : Optional.empty(),
        left,
        draft.now().wall());
  }

  private static Outcome cancelled(Draft draft, Next.Cancel cancel) {
    return draft.add(cancel.by(), new TaskFact.Cancelled(cancel.reason())).accepted();
  }

  private static boolean stillPauses(Stopping stopping, Ending ending) {
    return !ending.success() || stopping.progress().reloadAsked();
  }

  private static Outcome paused(Draft draft, Next.Pause pause) {
    return draft.add(pause.by(), new TaskFact.Paused(pause.reason())).accepted();
  }

  /// A server that went down between a start and its record never saw the process: what the agent
  /// left speaks for it (Z5).
  private static boolean ran(Stopping stopping, Evidence evidence) {
    boolean leftTraces = stopping.progress().events() > 0 || evidence.exit() instanceof Exit.Status;
    return stopping.process().isPresent()
        || (leftTraces && stopping.cause() != StopCause.START_FAILED);
  }

  private static Ending ending(Task task, Stopping stopping, Evidence evidence) {
    if (ran(stopping, evidence)) {
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

  private Outcome judged(Draft draft, Stopping stopping, Ending ending, WorkspaceSummary left) {
    if (wantsReload(stopping, ending)) {
      return reload(draft, stopping.attempt().start());
    }
    if (ending.success()) {
      return succeeded(draft, stopping, ending, left);
    }
    if (waits(ending)) {
      return waiting(draft, ending);
    }
    recovering.recover(draft, stopping.attempt().start(), ending);
    return draft.accepted();
  }

  /// Whether a person has a word to say before it goes on, whatever it left.
  private static boolean waits(Ending ending) {
    return switch (ending.reason()) {
      case INPUT_REQUIRED, COST_LIMIT, TOKEN_LIMIT -> true;
      default -> false;
    };
  }

  private static Outcome waiting(Draft draft, Ending ending) {
    return draft
        .add(
            ending.reason() == Reason.INPUT_REQUIRED
                ? new TaskFact.Blocked(ending.detail())
                : new TaskFact.Paused(ending.detail()))
        .accepted();
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
      Draft draft, Stopping stopping, Ending ending, WorkspaceSummary left) {
    Task task = draft.task();
    if (left.head().isEmpty()) {
      return failed(draft, ending, "the branch " + task.branch() + " is gone");
    }
    if (left.elsewhere().isPresent()) {
      return failed(draft, ending, beside(task, left.elsewhere().get()));
    }
    String head = left.head().get();
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

  /// Nothing of what is beside the task's branch would be judged or merged.
  private static String beside(Task task, String place) {
    return "the workspace is on "
        + place
        + " and not on "
        + task.branch()
        + ": bring there what belongs to it, then salvor task done "
        + task.display();
  }

  private static Outcome failed(Draft draft, Ending ending, String why) {
    return draft
        .add(new TaskFact.Failed(new Ending(ending.codepath(), Reason.WORKSPACE_FAILED, why)))
        .accepted();
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
