package io.salvor.domain.task;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.time.Now;
import io.salvor.domain.workspace.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where a task stands. Each state holds only what is true in it.
///
/// Every state that is not closed has exactly one owner, one wake-up, or one command of a person
/// that ends it.
public sealed interface TaskState {

  /// The state's name, as it is written everywhere: `NEEDS_FIX`.
  default Kind kind() {
    return switch (this) {
      case Pending _ -> Kind.PENDING;
      case Ready _ -> Kind.READY;
      case Queued _ -> Kind.QUEUED;
      case Claimed _ -> Kind.CLAIMED;
      case Running _ -> Kind.RUNNING;
      case Stopping _ -> Kind.STOPPING;
      case Verifying _ -> Kind.VERIFYING;
      case Review _ -> Kind.REVIEW;
      case Approved _ -> Kind.APPROVED;
      case Merging _ -> Kind.MERGING;
      case Merged _ -> Kind.MERGED;
      case Blocked _ -> Kind.BLOCKED;
      case Paused _ -> Kind.PAUSED;
      case NeedsFix _ -> Kind.NEEDS_FIX;
      case Failed _ -> Kind.FAILED;
      case Rejected _ -> Kind.REJECTED;
      case Cancelled _ -> Kind.CANCELLED;
      case Skipped _ -> Kind.SKIPPED;
    };
  }

  /// The names of the states.
  enum Kind {
    PENDING,
    READY,
    QUEUED,
    CLAIMED,
    RUNNING,
    STOPPING,
    VERIFYING,
    REVIEW,
    APPROVED,
    MERGING,
    MERGED,
    BLOCKED,
    PAUSED,
    NEEDS_FIX,
    FAILED,
    REJECTED,
    CANCELLED,
    SKIPPED;

    /// Nothing leads out of it, ever.
    public boolean isFinal() {
      return this == MERGED || this == CANCELLED || this == SKIPPED;
    }

    /// Nothing happens to it by itself; only a person's command may begin a next attempt.
    public boolean isClosed() {
      return isFinal() || this == FAILED || this == REJECTED;
    }

    /// An attempt owns it: it holds one of the slots that admission gives out.
    public boolean holdsSlot() {
      return this == CLAIMED || this == RUNNING || this == STOPPING || this == VERIFYING;
    }

    /// It waits for a person who must look into it.
    public boolean needsPerson() {
      return this == BLOCKED || this == PAUSED || this == NEEDS_FIX;
    }
  }

  /// Waits for other tasks to be merged.
  ///
  /// @param dispatch how it is to be started as soon as they are; empty where it then waits for a
  ///   dispatch
  record Pending(List<TaskId> waitingFor, Optional<StartMode> dispatch) implements TaskState {
    public Pending {
      waitingFor = List.copyOf(waitingFor);
    }
  }

  /// Waits for a dispatch, or for its wake-up after a failed start.
  ///
  /// @param reopened by whom and why, where a person opened it again
  /// @param reset how far that is, where a person wanted its workspace back at the base
  record Ready(Optional<WakeUp> wakeUp, Optional<Note> reopened, Optional<Reset> reset)
      implements TaskState {
    /// Not opened again by a person.
    public Ready(Optional<WakeUp> wakeUp) {
      this(wakeUp, Optional.empty(), Optional.empty());
    }

    /// Whether its workspace is about to be put back to the base.
    public boolean resetting() {
      return reset.filter(it -> it.progress() instanceof Reset.Progress.Pending).isPresent();
    }
  }

  /// What a person said when they did something.
  ///
  /// @param reason may be empty
  record Note(Actor by, String reason) {}

  /// A start that comes by itself.
  ///
  /// @param since when that was decided; where it lies in the future, the clock was set back
  /// @param why what came before
  record WakeUp(Instant since, Instant notBefore, Start start, String why) {}

  /// Wants a slot.
  record Queued(Start start) implements TaskState {}

  /// An attempt owns it; its workspace is being made, and then its process.
  ///
  /// @param workspace there once it stands: then the process is being made
  record Claimed(Attempt attempt, Optional<Workspace> workspace) implements TaskState {}

  /// A live agent, identity-checked, works on it.
  record Running(
      Attempt attempt, Workspace workspace, ProcessIdentity process, Now since, Progress progress)
      implements TaskState {}

  /// The attempt is being ended; nothing of it is proven gone yet.
  ///
  /// @param process empty where none was seen to start
  record Stopping(
      Attempt attempt,
      Optional<Workspace> workspace,
      Optional<ProcessIdentity> process,
      Progress progress,
      StopCause cause,
      Next next)
      implements TaskState {}

  /// The project's gates run: on a commit, or on all that a dead agent left, which is committed
  /// where they pass.
  ///
  /// @param head the branch's tip when they began
  /// @param salvage where a dead agent's work is being saved
  /// @param byHand where a person has them run, and nothing else is to come of it
  record Verifying(
      Attempt attempt,
      Workspace workspace,
      String head,
      Optional<Salvage> salvage,
      Optional<ByHand> byHand)
      implements TaskState {}

  /// A person's wish to see the gates run.
  ///
  /// @param before where the task goes back to
  record ByHand(Actor by, TaskState before) {}

  /// Waits for a verdict on a commit, by somebody who is not an executor of it.
  record Review(String head, List<Actor> executors, Submission submission) implements TaskState {
    public Review {
      executors = List.copyOf(executors);
    }

    /// With nothing said of it.
    public Review(String head, List<Actor> executors) {
      this(head, executors, Submission.NONE);
    }
  }

  /// Accepted; waits to be merged.
  ///
  /// @param refusal why the last merge did not go through
  record Approved(
      String head, List<Actor> executors, Verdict verdict, Optional<TaskFact.MergeRefused> refusal)
      implements TaskState {
    public Approved {
      executors = List.copyOf(executors);
    }
  }

  /// A merge is intended and not read back yet.
  ///
  /// @param push the remote that the target is to be pushed to after it
  record Merging(
      String head, List<Actor> executors, Verdict verdict, String target, Optional<String> push)
      implements TaskState {
    public Merging {
      executors = List.copyOf(executors);
    }
  }

  /// The work is in its target.
  ///
  /// @param push what becomes of it in another repository, where that was asked for
  record Merged(
      String head, Verdict verdict, String target, String targetCommit, Optional<Push> push)
      implements TaskState {}

  /// The agent asked something.
  record Blocked(String question) implements TaskState {}

  /// Rests until a person resumes it.
  ///
  /// @param by who wanted that; Salvor where it is for a limit
  record Paused(Actor by, String reason) implements TaskState {}

  /// The gates do not pass, or conflicts with the target are left.
  record NeedsFix(String head, String detail) implements TaskState {}

  /// The last attempt did not succeed.
  record Failed(Ending ending) implements TaskState {}

  /// A person did not accept the work.
  record Rejected(Actor by, String reason) implements TaskState {}

  /// Given up.
  record Cancelled(Actor by, String reason) implements TaskState {}

  /// Left out on purpose.
  record Skipped(Actor by, String reason) implements TaskState {}
}
