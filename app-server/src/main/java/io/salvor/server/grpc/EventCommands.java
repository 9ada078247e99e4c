package io.salvor.server.grpc;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.task.Meter;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import java.util.function.Supplier;

/// What a person types after a record: the command that mends what it tells, or goes on from it.
final class EventCommands {
  private EventCommands() {}

  /// What follows a record about a task.
  ///
  /// @param task what it is called
  /// @param then the task as it was right after the record
  /// @return empty where nothing is to be typed
  static String of(Recorded recorded, String task, Supplier<Task> then) {
    return switch (recorded.fact()) {
      case TaskFact.Failed _ -> advised(then.get(), "salvor task diagnose " + task);
      case TaskFact.Paused _ when recorded.actor().equals(Actor.SALVOR) ->
          advised(then.get(), "salvor task resume " + task);
      case TaskFact.Paused _ -> "salvor task resume " + task;
      case TaskFact.Blocked _ -> "salvor task answer " + task + " -F -";
      case TaskFact.GatesFailed _, TaskFact.ConflictsLeft _, TaskFact.Rejected _ ->
          "salvor task dispatch --resume " + task;
      case TaskFact.ReviewAsked _, TaskFact.ApprovalVoided _ ->
          Sentences.nextCommandInReview(then.get());
      case TaskFact.Approved _ -> "salvor task merge " + task;
      case TaskFact.MergeRefused refused ->
          refused.needsTarget()
              ? "salvor task dispatch --resume " + task
              : Sentences.targetGone(then.get())
                  ? "salvor task edit --into BRANCH " + task
                  : "salvor task merge " + task;
      case TaskFact.ResetRefused _ -> "salvor task reset " + task;
      case TaskFact.PushFailed _, TaskFact.Parked _ -> "salvor task show " + task;
      case TaskFact.LimitNeared neared -> "salvor task edit" + raised(neared) + " " + task;
      case TaskFact.Reopened _ -> "salvor task dispatch " + task;
      default -> "";
    };
  }

  /// What the recovery matrix says; else where a person begins.
  static String advised(Task task, String otherwise) {
    return Remedies.of(task)
        .map(advice -> Remedies.command(task, advice))
        .filter(it -> !it.isEmpty())
        .orElse(otherwise);
  }

  private static String raised(TaskFact.LimitNeared neared) {
    long twice = 2 * Math.min(Math.max(neared.limit(), neared.spent()), Limits.MOST / 2);
    return neared.meter() == Meter.COST
        ? " --budget " + new MicroUsd(twice).dollars()
        : " --tokens " + twice;
  }

  /// What follows a record about the whole instance.
  static String of(InstanceFact fact) {
    return switch (fact) {
      case InstanceFact.Frozen _ -> "salvor unfreeze";
      case InstanceFact.AllowanceNeared _, InstanceFact.EndingRepeated _ -> "salvor config show";
      case InstanceFact.ProviderNoted _ -> "salvor status";
      case InstanceFact.BackupFailed failed ->
          failed.reason().isPresent() ? "salvor backup restore --dry-run" : "salvor backup create";
      case InstanceFact.Restored _ -> "salvor backup list";
      case InstanceFact.Unfrozen _,
          InstanceFact.SettingsAccepted _,
          InstanceFact.SettingsRevoked _,
          InstanceFact.BackupBegun _,
          InstanceFact.BackupVerified _ ->
          "";
    };
  }
}
