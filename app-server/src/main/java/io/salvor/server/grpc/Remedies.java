package io.salvor.server.grpc;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.recovery.Matrix;
import io.salvor.domain.recovery.Symptoms;
import io.salvor.domain.task.Advice;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Remedy;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.text.ShellWord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the recovery matrix says of a task, with the command that does it.
final class Remedies {
  private static final Matrix MATRIX = new Matrix();

  private Remedies() {}

  /// Empty where no attempt is over, or all is well with the last one.
  static Optional<Advice> of(Task task) {
    return task.attempts().isEmpty() || well(task)
        ? Optional.empty()
        : Optional.of(MATRIX.advise(task));
  }

  private static boolean well(Task task) {
    PastAttempt last = task.attempts().getLast();
    return last.ending().success()
        && last.gateFailure().isEmpty()
        && !(task.state() instanceof TaskState.Failed);
  }

  static io.salvor.v1.Remedy message(Task task, Advice advice) {
    return io.salvor.v1.Remedy.newBuilder()
        .setRow(advice.row())
        .setRemedy(advice.remedy().label())
        .addAllChanges(advice.changes().stream().map(ChangeLine::of).toList())
        .setWhy(advice.why())
        .setCommand(command(task, advice))
        .build();
  }

  /// What a person types; empty where nothing is to be done, or it comes by itself.
  static String command(Task task, Advice advice) {
    boolean rests = task.kind().needsPerson() || task.kind() == TaskState.Kind.FAILED;
    if (!rests || advice.remedy() == Remedy.STOP) {
      return "";
    }
    String id = task.display().toString();
    boolean worked = task.lastStarted().isPresent();
    String resume =
        "salvor task "
            + (task.kind() == TaskState.Kind.PAUSED ? "resume" : "dispatch --resume")
            + limits(advice.changes())
            + " "
            + id;
    String afresh = "salvor task reopen " + id + " && salvor task dispatch " + id;
    return switch (advice.remedy()) {
      case RESUME, PARK -> model(advice.changes(), id) + (worked ? resume : afresh);
      case FRESH -> edits(advice.changes(), id) + afresh;
      case FRESH_NARROWER ->
          "salvor task edit --brief-file FILE"
              + limits(advice.changes())
              + " "
              + id
              + " && "
              + afresh;
      case ASK -> asked(task, resume, afresh);
      case STOP -> "";
    };
  }

  private static String asked(Task task, String resume, String afresh) {
    String id = task.display().toString();
    return switch (Symptoms.of(task).reason()) {
      case INPUT_REQUIRED -> "salvor task answer " + id + " TEXT";
      case PROVIDER_AUTH -> credentials(task.spec().agent()) + resume;
      case MODEL_UNAVAILABLE -> "salvor task edit --model NAME " + id + " && " + resume;
      case PERMISSION_DENIED -> "salvor task edit --profile full " + id + " && " + resume;
      case SPAWN_FAILED -> afresh;
      case WORKSPACE_FAILED -> workspace(task, resume, afresh);
      default -> resume;
    };
  }

  private static String workspace(Task task, String resume, String afresh) {
    if (onlyWorkspaceFailed(task)) {
      return "salvor task done " + task.display();
    }
    return task.lastStarted().isPresent() ? resume : afresh;
  }

  /// Whether the agent had done all, so that only its workspace is to be mended.
  private static boolean onlyWorkspaceFailed(Task task) {
    return task.state() instanceof TaskState.Failed(var ending)
        && ending.reason() == Reason.WORKSPACE_FAILED
        && task.attempts().getLast().ending().success();
  }

  /// Another model is taken before it goes on.
  private static String model(List<Change> changes, String id) {
    return changes.stream()
        .map(it ->
            it instanceof Change.Model(var model) && model.isPresent()
                ? "salvor task edit --model " + ShellWord.of(model.get()) + " " + id + " && "
                : "")
        .collect(Collectors.joining());
  }

  /// What the agent itself lacks is said first; of any program nothing is known.
  private static String credentials(Agent agent) {
    return agent.protocol() == Protocol.COMMAND
        ? ""
        : "salvor agents check " + agent.name() + " && ";
  }

  private static String edits(List<Change> changes, String id) {
    return changes.isEmpty() ? "" : "salvor task edit" + limits(changes) + " " + id + " && ";
  }

  private static String limits(List<Change> changes) {
    return changes.stream().map(Remedies::flag).collect(Collectors.joining());
  }

  private static String flag(Change change) {
    return switch (change) {
      case Change.TimeLimit(var timer, var limit) -> " " + timer(timer) + " " + text(limit);
      case Change.Cost(var limit) -> limit.map(it -> " --budget " + it.dollars()).orElse("");
      case Change.Tokens(var limit) -> limit.isPresent() ? " --tokens " + limit.getAsLong() : "";
      case Change.Turns(var limit) -> limit.isPresent() ? " --turns " + limit.getAsInt() : "";
      default -> "";
    };
  }

  private static String timer(Change.Timer timer) {
    return switch (timer) {
      case DEADLINE -> "--timeout";
      case SILENCE -> "--silence";
      case FIRST_EVENT -> "--first-event";
      case RESULT_GRACE -> "--result-grace";
    };
  }

  private static String text(Duration limit) {
    return limit.toSeconds() % 60 == 0 ? limit.toMinutes() + "m" : limit.toSeconds() + "s";
  }
}
