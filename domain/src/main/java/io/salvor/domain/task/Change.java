package io.salvor.domain.task;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Launcher;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.id.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One thing in a task's specification, with the value that a person gave it. [Changing] says until
/// when each may be changed.
public sealed interface Change {
  /// One line.
  record Title(String title) implements Change {}

  /// SHA-256 in hex of the new brief.
  record Brief(String hash) implements Change {}

  /// Who works on it, and how.
  record Worker(Agent agent) implements Change {}

  /// The agent's model; empty for its own choice.
  record Model(Optional<String> model) implements Change {}

  /// What the agent may do unasked.
  record Profile(PermissionProfile profile) implements Change {}

  /// How the agent is started.
  record Launching(Launcher launcher) implements Change {}

  /// A limit of time.
  record TimeLimit(Timer timer, Duration limit) implements Change {}

  /// Which limit of time.
  enum Timer {
    DEADLINE,
    SILENCE,
    FIRST_EVENT,
    RESULT_GRACE
  }

  /// Money over all attempts; empty for no limit.
  record Cost(Optional<MicroUsd> limit) implements Change {}

  /// Tokens over all attempts; empty for no limit.
  record Tokens(OptionalLong limit) implements Change {}

  /// Turns of one attempt; empty for no limit.
  record Turns(OptionalInt limit) implements Change {}

  /// What one attempt may write.
  record OutputBytes(long limit) implements Change {}

  /// Tasks that must be MERGED first.
  record DependsOn(List<TaskId> tasks) implements Change {
    public DependsOn {
      tasks = List.copyOf(tasks);
    }
  }

  /// Revision to start from; empty for the project's HEAD when the workspace is made.
  record Base(Optional<String> revision) implements Change {}

  /// Branch that the work is merged into; empty for none.
  record Target(Optional<String> branch) implements Change {}

  /// How urgent it is.
  record Urgency(Priority priority) implements Change {}

  /// Words to find it by, all of them.
  record Labels(List<String> labels) implements Change {
    public Labels {
      labels = List.copyOf(labels);
    }
  }

  /// The field of competence; empty for none.
  record Domain(Optional<String> domain) implements Change {}

  /// What follows by itself when an attempt does not succeed.
  record Recovering(Recovery recovery) implements Change {}

  /// What is changed, as people call it.
  default String subject() {
    return switch (this) {
      case Title _ -> "title";
      case Brief _ -> "brief";
      case Worker _ -> "agent";
      case Model _ -> "model";
      case Profile _ -> "profile";
      case Launching _ -> "launcher";
      case TimeLimit time ->
          switch (time.timer()) {
            case DEADLINE -> "deadline";
            case SILENCE -> "limit of silence";
            case FIRST_EVENT -> "limit to the first output";
            case RESULT_GRACE -> "time after the last word";
          };
      case Cost _ -> "budget";
      case Tokens _ -> "limit of tokens";
      case Turns _ -> "limit of turns";
      case OutputBytes _ -> "limit of output";
      case DependsOn _ -> "list of dependencies";
      case Base _ -> "base";
      case Target _ -> "target branch";
      case Urgency _ -> "priority";
      case Labels _ -> "labels";
      case Domain _ -> "domain";
      case Recovering _ -> "recovery";
    };
  }
}
