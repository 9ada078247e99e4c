package io.salvor.domain.task;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.Spawn.LaunchNote;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.time.Now;
import io.salvor.domain.workspace.BroughtIn;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What has happened to a task. Written before it is acted on; never changed.
///
/// Facts whose name ends in `Intended` announce a side effect.
public sealed interface TaskFact {

  /// What kind of statement a record makes.
  enum Act {
    INTEND,
    DO,
    KNOW,
    LEARN
  }

  /// The kind of statement this fact is.
  default Act act() {
    return switch (this) {
      case Created _,
          Dispatched _,
          Claimed _,
          SpawnIntended _,
          StopIntended _,
          StopRedirected _,
          GatesIntended _,
          VerifyIntended _,
          ResetIntended _,
          SalvageIntended _,
          MergeIntended _,
          PushIntended _ ->
          Act.INTEND;
      case WorkspaceReady _,
          Spawned _,
          Adopted _,
          Observed _,
          AttemptEnded _,
          GatesPassed _,
          Verified _,
          ResetDone _,
          ResetRefused _,
          Salvaged _,
          Merged _,
          MergeRefused _,
          Pushed _,
          PushFailed _,
          WorkspaceRemoved _ ->
          Act.DO;
      case ReviewAsked _,
          Approved _,
          ApprovalVoided _,
          Rejected _,
          Failed _,
          GatesFailed _,
          ConflictsLeft _,
          Cancelled _,
          Skipped _ ->
          Act.KNOW;
      case Commented _,
          DependencyMet _,
          Parked _,
          Paused _,
          Blocked _,
          Reopened _,
          Retried _,
          Forced _,
          Answered _,
          ShellOpened _,
          BudgetChanged _,
          LimitNeared _,
          Edited _,
          DependenciesChanged _ ->
          Act.LEARN;
    };
  }

  /// A task was asked for. PENDING where it waits for others, else READY.
  ///
  /// @param waitingFor those of its dependencies that are not merged yet
  record Created(DisplayId display, TaskSpec spec, List<TaskId> waitingFor) implements TaskFact {
    public Created {
      waitingFor = List.copyOf(waitingFor);
    }
  }

  /// A task that it waited for is merged. With the last one: READY, or QUEUED where a dispatch was
  /// asked for.
  record DependencyMet(TaskId dependency) implements TaskFact {}

  /// It is to be worked on. PENDING with the wish, or QUEUED.
  record Dispatched(Start start) implements TaskFact {}

  /// An attempt took it, and its workspace is about to be made. CLAIMED.
  record Claimed(AttemptRef attempt, StartMode mode) implements TaskFact {}

  /// The workspace stands.
  ///
  /// @param broughtIn what came of bringing the target in, where the attempt is to resolve
  ///   conflicts
  record WorkspaceReady(
      AttemptRef attempt, Workspace workspace, boolean created, Optional<BroughtIn> broughtIn)
      implements TaskFact {

    /// Without bringing anything in.
    public WorkspaceReady(AttemptRef attempt, Workspace workspace, boolean created) {
      this(attempt, workspace, created, Optional.empty());
    }
  }

  /// The agent is about to be started.
  record SpawnIntended(AttemptRef attempt) implements TaskFact {}

  /// The agent runs. RUNNING.
  record Spawned(AttemptRef attempt, ProcessIdentity process, LaunchNote note, Now at)
      implements TaskFact {}

  /// A server that was started anew follows the agent again.
  record Adopted(AttemptRef attempt) implements TaskFact {}

  /// The agent said something; in the attempt's own thread.
  ///
  /// @param from where the batch of output that it stands in begins
  /// @param to where that batch ends
  record Observed(AttemptRef attempt, long from, long to, AgentEvent event) implements TaskFact {}

  /// The attempt is about to be ended. STOPPING.
  record StopIntended(AttemptRef attempt, StopCause cause, Next next) implements TaskFact {}

  /// A stopping task is to go elsewhere than was said before.
  record StopRedirected(AttemptRef attempt, Next next) implements TaskFact {}

  /// Nothing of the attempt lives any more, and this is what it came to.
  ///
  /// @param started whether an agent ran
  record AttemptEnded(
      AttemptRef attempt,
      boolean started,
      Ending ending,
      Optional<Evidence> evidence,
      WorkspaceSummary workspace,
      Instant at)
      implements TaskFact {}

  /// The gates are about to run on this commit. VERIFYING.
  record GatesIntended(AttemptRef attempt, Workspace workspace, String head) implements TaskFact {}

  /// A person wants to see the gates run. VERIFYING, and then back to where it was.
  ///
  /// @param head the branch's tip
  record VerifyIntended(Workspace workspace, String head) implements TaskFact {}

  /// The gates ran because a person wanted it.
  ///
  /// @param gates up to the first that failed
  record Verified(String head, List<GateRun> gates) implements TaskFact {
    public Verified {
      gates = List.copyOf(gates);
    }
  }

  /// What a dead agent left is to be saved: the gates are about to run on it, and where they pass
  /// it is committed. VERIFYING.
  ///
  /// @param attempt that left it
  /// @param head the branch's tip before
  record SalvageIntended(
      AttemptRef attempt, Workspace workspace, String head, String summary, Optional<String> domain)
      implements TaskFact {}

  /// What a dead agent left is in commits.
  ///
  /// @param head the branch's tip
  record Salvaged(AttemptRef attempt, String head) implements TaskFact {}

  /// All gates passed on this commit.
  record GatesPassed(String head) implements TaskFact {}

  /// A gate failed or could not run. NEEDS_FIX.
  record GatesFailed(String head, String detail) implements TaskFact {}

  /// The agent was to resolve conflicts with the target, and committed nothing. NEEDS_FIX.
  ///
  /// @param head the branch's tip, as it was before
  record ConflictsLeft(String head, List<String> files) implements TaskFact {
    public ConflictsLeft {
      files = List.copyOf(files);
    }
  }

  /// A commit waits for a verdict. REVIEW.
  ///
  /// @param executors who did the work, and may not judge it
  /// @param domain field of competence that the work was said to belong to
  record ReviewAsked(String head, List<Actor> executors, String summary, Optional<String> domain)
      implements TaskFact {
    public ReviewAsked {
      executors = List.copyOf(executors);
    }

    /// Without a word on its domain.
    public ReviewAsked(String head, List<Actor> executors, String summary) {
      this(head, executors, summary, Optional.empty());
    }
  }

  /// The verdict: accepted. APPROVED.
  ///
  /// @param domain field of competence in which it was judged
  record Approved(String head, String notes, Optional<String> domain) implements TaskFact {
    /// Without a domain.
    public Approved(String head, String notes) {
      this(head, notes, Optional.empty());
    }
  }

  /// The branch moved on after the approval, or the work is to go elsewhere: somebody must look
  /// again. REVIEW of the branch's tip.
  record ApprovalVoided(String newHead) implements TaskFact {}

  /// The verdict: not accepted. REJECTED.
  record Rejected(String head, String reason) implements TaskFact {}

  /// The approved commit is about to be merged. MERGING.
  ///
  /// @param push the remote that the target is to be pushed to after it
  record MergeIntended(String head, String target, Optional<String> push) implements TaskFact {
    /// And not pushed.
    public MergeIntended(String head, String target) {
      this(head, target, Optional.empty());
    }
  }

  /// The merge changed nothing. APPROVED again.
  ///
  /// @param kind `conflict`, `gates_failed`, `dirty_overlap`, `gone`, `failed`
  record MergeRefused(String kind, String detail, List<String> files) implements TaskFact {
    /// Both sides changed the same lines of the files.
    public static final String CONFLICT = "conflict";

    /// A gate did not pass on what would have been merged.
    public static final String GATES_FAILED = "gates_failed";

    /// Whether it takes the target in the task's workspace to mend it.
    public boolean needsTarget() {
      return kind.equals(CONFLICT) || kind.equals(GATES_FAILED);
    }

    public MergeRefused {
      files = List.copyOf(files);
    }
  }

  /// Read back from git: the work is in its target. MERGED.
  record Merged(String targetCommit) implements TaskFact {}

  /// The target is about to be pushed. The task stays MERGED whatever comes of that.
  ///
  /// @param commit what is pushed: the target's tip as it was read back after the merge
  record PushIntended(String remote, String target, String commit) implements TaskFact {}

  /// The remote has it.
  record Pushed() implements TaskFact {}

  /// The remote has it not.
  record PushFailed(String detail) implements TaskFact {}

  /// It is to be started again, by itself, at that time: after a failed start, or after an attempt
  /// that came to nothing. READY.
  record Parked(Instant notBefore, Start start, String why) implements TaskFact {}

  /// It rests until a person resumes it. PAUSED.
  record Paused(String reason) implements TaskFact {}

  /// The agent asked something. BLOCKED.
  record Blocked(String question) implements TaskFact {}

  /// The attempt did not succeed. FAILED.
  record Failed(Ending ending) implements TaskFact {}

  /// A person opened it again. READY.
  record Reopened(String reason) implements TaskFact {}

  /// A person wants another attempt after one that came to nothing; the dispatch follows.
  record Retried(String reason) implements TaskFact {}

  /// Its workspace is about to be put back to its base, and what is in it to be kept. READY.
  ///
  /// @param number see [Reset#number]
  /// @param commits on its branch that are not in its base
  /// @param files that are not committed
  record ResetIntended(int number, String reason, int commits, int files) implements TaskFact {}

  /// Its workspace is at the base.
  record ResetDone() implements TaskFact {}

  /// Its workspace was left as it was.
  record ResetRefused(String detail) implements TaskFact {}

  /// A person overruled what would have been refused; what they wanted follows.
  ///
  /// @param what in a few words: `done despite 3 uncommitted files`
  record Forced(String what) implements TaskFact {}

  /// A person gave it up. CANCELLED.
  record Cancelled(String reason) implements TaskFact {}

  /// A person left it out. SKIPPED.
  record Skipped(String reason) implements TaskFact {}

  /// Somebody said something about it.
  record Commented(String text) implements TaskFact {}

  /// A person answered what the agent of the last attempt asked.
  record Answered(String text) implements TaskFact {}

  /// A person is about to be in its workspace.
  ///
  /// @param program and arguments that run there; none of the environment's values
  record ShellOpened(List<String> program) implements TaskFact {
    public ShellOpened {
      program = List.copyOf(program);
    }
  }

  /// It may spend this much from now on.
  record BudgetChanged(MicroUsd cost) implements TaskFact {}

  /// So much of a limit over all attempts is used up; said once for each value of the limit.
  ///
  /// @param percent 75, 80 or 90
  /// @param spent in the meter's unit
  /// @param limit in the meter's unit
  record LimitNeared(Meter meter, int percent, long spent, long limit) implements TaskFact {
    /// Whether both are about the same part of the same limit.
    boolean tellsTheSameAs(LimitNeared other) {
      return meter == other.meter && percent == other.percent && limit == other.limit;
    }
  }

  /// A person changed its specification.
  record Edited(List<Change> changes) implements TaskFact {
    public Edited {
      changes = List.copyOf(changes);
    }
  }

  /// From now on it waits for these. PENDING where there are any, with the start that it wanted;
  /// else READY, or QUEUED where a start was wanted.
  record DependenciesChanged(List<TaskId> waitingFor) implements TaskFact {
    public DependenciesChanged {
      waitingFor = List.copyOf(waitingFor);
    }
  }

  /// Its workspace was removed.
  record WorkspaceRemoved() implements TaskFact {}
}
