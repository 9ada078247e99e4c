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
/// @param recovery what follows by itself when an attempt does not succeed
/// @param filing how urgent it is, and where it belongs
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
    List<String> gates,
    Filing filing,
    Recovery recovery) {

  /// The longest title, in characters.
  public static final int MAX_TITLE = 200;

  public TaskSpec {
    dependsOn = List.copyOf(dependsOn);
    gates = List.copyOf(gates);
  }

  /// One that is filed under nothing in particular, and for which a person decides what follows.
  public TaskSpec(
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
    this(
        title,
        briefHash,
        project,
        target,
        base,
        agent,
        limits,
        dependsOn,
        preparation,
        gates,
        Filing.NONE,
        Recovery.DEFAULT);
  }

  /// The same, filed otherwise.
  public TaskSpec withFiling(Filing changed) {
    return new TaskSpec(
        title,
        briefHash,
        project,
        target,
        base,
        agent,
        limits,
        dependsOn,
        preparation,
        gates,
        changed,
        recovery);
  }

  /// The same, with something else following by itself.
  public TaskSpec withRecovery(Recovery changed) {
    return new TaskSpec(
        title,
        briefHash,
        project,
        target,
        base,
        agent,
        limits,
        dependsOn,
        preparation,
        gates,
        filing,
        changed);
  }

  /// The same with other limits.
  public TaskSpec withLimits(Limits changed) {
    return copy(title, briefHash, new Place(target, base), agent, changed, dependsOn);
  }

  /// The same with one thing changed.
  TaskSpec with(Change change) {
    var place = new Place(target, base);
    return switch (change) {
      case Change.Title(var changed) -> copy(changed, briefHash, place, agent, limits, dependsOn);
      case Change.Brief(var changed) -> copy(title, changed, place, agent, limits, dependsOn);
      case Change.Worker(var changed) -> copy(title, briefHash, place, changed, limits, dependsOn);
      case Change.Model(var changed) ->
          copy(title, briefHash, place, agent.withModel(changed), limits, dependsOn);
      case Change.Profile(var changed) ->
          copy(title, briefHash, place, agent.withProfile(changed), limits, dependsOn);
      case Change.Launching(var changed) ->
          copy(title, briefHash, place, agent.withLauncher(changed), limits, dependsOn);
      case Change.TimeLimit(var timer, var changed) -> withLimits(limited(timer, changed));
      case Change.Cost(var changed) -> withLimits(limits.withCost(changed));
      case Change.Tokens(var changed) -> withLimits(limits.withTokens(changed));
      case Change.Turns(var changed) -> withLimits(limits.withTurns(changed));
      case Change.OutputBytes(var changed) -> withLimits(limits.withOutputBytes(changed));
      case Change.DependsOn(var changed) -> copy(title, briefHash, place, agent, limits, changed);
      case Change.Base(var changed) ->
          copy(title, briefHash, new Place(target, changed), agent, limits, dependsOn);
      case Change.Target(var changed) ->
          copy(title, briefHash, new Place(changed, base), agent, limits, dependsOn);
      case Change.Urgency(var changed) ->
          withFiling(new Filing(changed, filing.labels(), filing.domain()));
      case Change.Labels(var changed) ->
          withFiling(new Filing(filing.priority(), changed, filing.domain()));
      case Change.Recovering(var changed) -> withRecovery(changed);
      case Change.Domain(var changed) ->
          withFiling(new Filing(filing.priority(), filing.labels(), changed));
    };
  }

  private Limits limited(Change.Timer timer, Duration changed) {
    return switch (timer) {
      case DEADLINE -> limits.withDeadline(changed);
      case SILENCE -> limits.withSilence(changed);
      case FIRST_EVENT -> limits.withFirstEvent(changed);
      case RESULT_GRACE -> limits.withResultGrace(changed);
    };
  }

  /// Where the work begins and where it goes.
  private record Place(Optional<String> target, Optional<String> base) {}

  private TaskSpec copy(
      String newTitle,
      String newBrief,
      Place place,
      Agent newAgent,
      Limits newLimits,
      List<TaskId> newDependsOn) {
    return new TaskSpec(
        newTitle,
        newBrief,
        project,
        place.target(),
        place.base(),
        newAgent,
        newLimits,
        newDependsOn,
        preparation,
        gates,
        filing,
        recovery);
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
