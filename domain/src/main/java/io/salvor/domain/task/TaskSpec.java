package io.salvor.domain.task;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.id.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What was asked for.
///
/// @param title one line
/// @param briefHash SHA-256 in hex of the brief, which lies in the store under it
/// @param project absolute path of the repository's root
/// @param target branch that the work is merged into; empty where none was named and HEAD was
///   detached
/// @param base revision to start from; empty means the project's HEAD when the workspace is made
/// @param dependsOn tasks that must be MERGED first
/// @param preparation what is done in a new workspace before the agent
/// @param gates commands that must pass before a review
public record TaskSpec(
    String title,
    String briefHash,
    String project,
    Optional<String> target,
    Optional<String> base,
    Agent agent,
    Limits limits,
    List<TaskId> dependsOn,
    Preparation preparation,
    List<String> gates) {

  /// The longest title, in characters.
  public static final int MAX_TITLE = 200;

  public TaskSpec {
    dependsOn = List.copyOf(dependsOn);
    gates = List.copyOf(gates);
  }

  /// The same with other limits.
  public TaskSpec withLimits(Limits changed) {
    return new TaskSpec(
        title, briefHash, project, target, base, agent, changed, dependsOn, preparation, gates);
  }

  /// What is done in a new workspace before the agent.
  ///
  /// @param copy files copied from the main checkout where they exist
  /// @param setup shell commands, run one after the other
  /// @param limit time for each command
  public record Preparation(List<String> copy, List<String> setup, Duration limit) {
    /// Nothing.
    public static final Preparation NONE =
        new Preparation(List.of(), List.of(), Duration.ofMinutes(5));

    public Preparation {
      copy = List.copyOf(copy);
      setup = List.copyOf(setup);
    }
  }
}
