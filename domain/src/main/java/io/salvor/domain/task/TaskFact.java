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
          MergeIntended _ ->
          Act.INTEND;
      case WorkspaceReady _,
          Spawned _,
          Adopted _,
          Observed _,
          AttemptEnded _,
          GatesPassed _,
          Merged _,
          MergeRefused _,
          WorkspaceRemoved _ ->
          Act.DO;
      case ReviewAsked _,
          Approved _,
          ApprovalVoided _,
          Rejected _,
          Failed _,
          GatesFailed _,
          Cancelled _,
          Skipped _ ->
          Act.KNOW;
      case Commented _,
          DependencyMet _,
          Parked _,
          Paused _,
          Blocked _,
          Reopened _,
          BudgetChanged _,
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
  record Dispatched(StartMode mode, int failedStarts) implements TaskFact {}

  /// An attempt took it, and its workspace is about to be made. CLAIMED.
  record Claimed(AttemptRef attempt, StartMode mode) implements TaskFact {}

  /// The workspace stands.
  record WorkspaceReady(AttemptRef attempt, Workspace workspace, boolean created)
      implements TaskFact {}

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

  /// All gates passed on this commit.
  record GatesPassed(String head) implements TaskFact {}

  /// A gate failed or could not run. NEEDS_FIX.
  record GatesFailed(String head, String detail) implements TaskFact {}

  /// A commit waits for a verdict. REVIEW.
  ///
  /// @param executors who did the work, and may not judge it
  record ReviewAsked(String head, List<Actor> executors, String summary) implements TaskFact {
    public ReviewAsked {
      executors = List.copyOf(executors);
    }
  }

  /// The verdict: accepted. APPROVED.
  record Approved(String head, String notes) implements TaskFact {}

  /// The branch moved on after the approval, or the work is to go elsewhere: somebody must look
  /// again. REVIEW of the branch's tip.
  record ApprovalVoided(String newHead) implements TaskFact {}

  /// The verdict: not accepted. REJECTED.
  record Rejected(String head, String reason) implements TaskFact {}

  /// The approved commit is about to be merged. MERGING.
  record MergeIntended(String head, String target) implements TaskFact {}

  /// The merge changed nothing. APPROVED again.
  ///
  /// @param kind `conflict`, `dirty_overlap`, `gone`, `failed`
  record MergeRefused(String kind, String detail, List<String> files) implements TaskFact {
    public MergeRefused {
      files = List.copyOf(files);
    }
  }

  /// Read back from git: the work is in its target. MERGED.
  record Merged(String targetCommit) implements TaskFact {}

  /// A start failed; another comes by itself. READY.
  record Parked(Instant notBefore, StartMode mode, int failedStarts, String why)
      implements TaskFact {}

  /// It rests until a person resumes it. PAUSED.
  record Paused(String reason) implements TaskFact {}

  /// The agent asked something. BLOCKED.
  record Blocked(String question) implements TaskFact {}

  /// The attempt did not succeed. FAILED.
  record Failed(Ending ending) implements TaskFact {}

  /// A person opened it again. READY.
  record Reopened(String reason) implements TaskFact {}

  /// A person gave it up. CANCELLED.
  record Cancelled(String reason) implements TaskFact {}

  /// A person left it out. SKIPPED.
  record Skipped(String reason) implements TaskFact {}

  /// Somebody said something about it.
  record Commented(String text) implements TaskFact {}

  /// It may spend this much from now on.
  record BudgetChanged(MicroUsd cost) implements TaskFact {}

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
