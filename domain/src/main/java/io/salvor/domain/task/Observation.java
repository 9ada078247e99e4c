package io.salvor.domain.task;

import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.Preparation;
import io.salvor.domain.workspace.PushOutcome;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.util.List;
import java.util.Optional;

/// What an effect found out.
///
/// @param asOf [Task#since] when the effect began; the observation is dropped when the task's state
///   has changed since
public record Observation(TaskId task, long asOf, Finding finding) {

  /// What was found.
  public sealed interface Finding {
    /// The workspace was made, or not.
    record Prepared(Preparation preparation) implements Finding {}

    /// The agent was started, or not.
    record SpawnTried(Spawn spawn) implements Finding {}

    /// A server that was started anew follows the agent again.
    record Followed() implements Finding {}

    /// The agent's output went on.
    record Output(OutputBatch batch) implements Finding {}

    /// The agent's process is gone, and all of its output was handed over.
    record Exited() implements Finding {}

    /// A limit of time or output is reached.
    record LimitReached(StopCause cause) implements Finding {}

    /// Nothing of the attempt lives any more.
    record Gone(Evidence evidence, WorkspaceSummary workspace) implements Finding {}

    /// Nothing of the attempt lives any more; what is in the workspace stays there, and nobody
    /// knows what it is.
    ///
    /// @param why it could not be read
    record GoneUnread(Evidence evidence, String why) implements Finding {}

    /// The gates ran.
    ///
    /// @param failure what failed; empty where all passed
    record GatesRan(Optional<String> failure) implements Finding {}

    /// The gates ran because a person wanted it.
    ///
    /// @param gates up to the first that failed
    record Checked(List<GateRun> gates) implements Finding {
      public Checked {
        gates = List.copyOf(gates);
      }
    }

    /// The workspace was put back to its base.
    ///
    /// @param problem what stood in the way; empty where it is there
    record PutBack(Optional<String> problem) implements Finding {}

    /// What a dead agent had left passed the gates and is in commits.
    ///
    /// @param head the branch's tip
    record Saved(String head) implements Finding {}

    /// The merge was tried and read back.
    record MergeTried(MergeOutcome outcome) implements Finding {}

    /// The push was tried.
    record PushTried(PushOutcome outcome) implements Finding {}
  }
}
