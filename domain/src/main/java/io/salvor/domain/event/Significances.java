package io.salvor.domain.event;

import static io.salvor.domain.event.Significance.critical;
import static io.salvor.domain.event.Significance.error;
import static io.salvor.domain.event.Significance.info;
import static io.salvor.domain.event.Significance.warning;

import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.Admission;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.AllowanceNeared;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.provider.ProviderFact;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.GateRun;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.TaskFact;
import java.util.Locale;
import java.util.Optional;

/// The one table from records to what they mean to who watches.
///
/// What an attempt came to is told by the record of where the task went from there: the attempt's
/// own ending is only ever for information, so that nothing is told twice.
public final class Significances {
  private Significances() {}

  /// Empty where nobody need be told: what agents say, and that something is about to be done.
  public static Optional<Significance> of(Statement statement) {
    return switch (statement) {
      case Statement.OfTask(var recorded) -> of(recorded);
      case Statement.OfInstance about -> of(about.fact());
    };
  }

  private static Optional<Significance> of(Recorded recorded) {
    return switch (recorded.fact()) {
      case TaskFact.Observed _,
          TaskFact.SpawnIntended _,
          TaskFact.StopIntended _,
          TaskFact.StopRedirected _,
          TaskFact.GatesIntended _,
          TaskFact.VerifyIntended _,
          TaskFact.ResetIntended _,
          TaskFact.SalvageIntended _,
          TaskFact.MergeIntended _,
          TaskFact.PushIntended _ ->
          Optional.empty();
      case TaskFact.Created _ -> Optional.of(info("task_added"));
      case TaskFact.DependencyMet _ -> Optional.of(info("dependency_met"));
      case TaskFact.Dispatched _ -> Optional.of(info("dispatched"));
      case TaskFact.Claimed _ -> Optional.of(info("attempt_begun"));
      case TaskFact.WorkspaceReady _ -> Optional.of(info("workspace_ready"));
      case TaskFact.Spawned _ -> Optional.of(info("agent_started"));
      case TaskFact.Adopted _ -> Optional.of(info("agent_adopted"));
      case TaskFact.AttemptEnded ended -> Optional.of(info(ended.ending().reason().label()));
      case TaskFact.GatesPassed _ -> Optional.of(info("gates_passed"));
      case TaskFact.Salvaged _ -> Optional.of(info("salvaged"));
      case TaskFact.Approved _ -> Optional.of(info("approved"));
      case TaskFact.Merged _ -> Optional.of(info("merged"));
      case TaskFact.Pushed _ -> Optional.of(info("pushed"));
      case TaskFact.Commented _ -> Optional.of(info("commented"));
      case TaskFact.Answered _ -> Optional.of(info("answered"));
      case TaskFact.ShellOpened _ -> Optional.of(info("shell_opened"));
      case TaskFact.Edited _, TaskFact.DependenciesChanged _, TaskFact.BudgetChanged _ ->
          Optional.of(info("edited"));
      case TaskFact.Reopened _ -> Optional.of(info("reopened"));
      case TaskFact.Retried _ -> Optional.of(info("retried"));
      case TaskFact.Forced _ -> Optional.of(info("forced"));
      case TaskFact.Verified verified -> Optional.of(verified(verified));
      case TaskFact.ResetDone _ -> Optional.of(info("reset"));
      case TaskFact.ResetRefused _ -> Optional.of(warning(Urgency.TODAY, "reset_refused"));
      case TaskFact.Rejected _ -> Optional.of(info("rejected"));
      case TaskFact.Cancelled _ -> Optional.of(info("cancelled"));
      case TaskFact.Skipped _ -> Optional.of(info("skipped"));
      case TaskFact.WorkspaceRemoved _ -> Optional.of(info("workspace_removed"));
      case TaskFact.ReviewAsked _ ->
          Optional.of(new Significance(Severity.INFO, Urgency.TODAY, "review_asked"));
      case TaskFact.Parked parked -> Optional.of(parked(parked));
      case TaskFact.Paused _ -> Optional.of(paused(recorded.actor()));
      case TaskFact.Blocked _ -> Optional.of(warning(Urgency.TODAY, Reason.INPUT_REQUIRED.label()));
      case TaskFact.GatesFailed _ -> Optional.of(warning(Urgency.TODAY, "gates_failed"));
      case TaskFact.ConflictsLeft _ -> Optional.of(warning(Urgency.TODAY, "conflicts_left"));
      case TaskFact.ApprovalVoided _ -> Optional.of(warning(Urgency.TODAY, "approval_voided"));
      case TaskFact.MergeRefused refused ->
          Optional.of(warning(Urgency.TODAY, "merge_" + refused.kind()));
      case TaskFact.PushFailed _ -> Optional.of(error(Urgency.TODAY, "push_failed"));
      case TaskFact.LimitNeared neared ->
          Optional.of(
              warning(neared.percent() < 90 ? Urgency.CAN_WAIT : Urgency.TODAY, "limit_neared"));
      case TaskFact.Failed failed -> Optional.of(failed(failed.ending().reason()));
    };
  }

  /// Who had the gates run looks at how they went.
  private static Significance verified(TaskFact.Verified verified) {
    boolean passed = verified.gates().stream().allMatch(GateRun::passed);
    return passed ? info("gates_passed") : info("gates_failed");
  }

  private static Significance parked(TaskFact.Parked parked) {
    return warning(
        Urgency.CAN_WAIT, parked.start().failedStarts() > 0 ? "start_parked" : "retry_parked");
  }

  /// Salvor lets a task rest only where a limit is reached.
  private static Significance paused(Actor by) {
    return by.equals(Actor.SALVOR) ? warning(Urgency.TODAY, "limit_reached") : info("paused");
  }

  /// A login that is refused stops every task of that agent.
  private static Significance failed(Reason reason) {
    return error(reason == Reason.PROVIDER_AUTH ? Urgency.NOW : Urgency.TODAY, reason.label());
  }

  private static Optional<Significance> of(InstanceFact fact) {
    return switch (fact) {
      case InstanceFact.BackupBegun _ -> Optional.empty();
      case InstanceFact.Frozen(var level, _) ->
          Optional.of(warning(level == Freeze.Level.HARD ? Urgency.NOW : Urgency.TODAY, "frozen"));
      case InstanceFact.Unfrozen _ -> Optional.of(info("unfrozen"));
      case InstanceFact.SettingsAccepted _ -> Optional.of(info("settings_accepted"));
      case InstanceFact.SettingsRevoked _ -> Optional.of(info("settings_revoked"));
      case AllowanceNeared neared -> Optional.of(neared(neared));
      case InstanceFact.ProviderNoted(var news) -> provider(news);
      case InstanceFact.EndingRepeated repeated ->
          repeated.many()
              ? Optional.of(warning(Urgency.TODAY, "ending_repeated"))
              : Optional.empty();
      case InstanceFact.BackupVerified _ -> Optional.of(info("backup_verified"));
      case InstanceFact.BackupFailed failed -> Optional.of(backupFailed(failed));
      case InstanceFact.Restored _ -> Optional.of(warning(Urgency.NOW, "store_restored"));
    };
  }

  /// What one attempt met is told by its task; here, only how it goes on for all of them.
  private static Optional<Significance> provider(ProviderFact news) {
    return switch (news) {
      case ProviderFact.Failed failed when failed.hold().isPresent() ->
          Optional.of(warning(Urgency.TODAY, "provider_held"));
      case ProviderFact.Served _ -> Optional.of(info("provider_served"));
      case ProviderFact.Failed _, ProviderFact.Tried _, ProviderFact.Untold _ -> Optional.empty();
    };
  }

  private static Significance neared(AllowanceNeared neared) {
    return neared.percent() < 100
        ? warning(neared.percent() < 90 ? Urgency.CAN_WAIT : Urgency.TODAY, "allowance_neared")
        : critical("allowance_spent");
  }

  /// A copy that was refused says that the store is not what it was; one that could not be made
  /// says nothing of the store.
  private static Significance backupFailed(InstanceFact.BackupFailed failed) {
    return failed
        .reason()
        .map(reason -> critical("backup_refused_" + label(reason)))
        .orElseGet(() -> error(Urgency.TODAY, "backup_failed"));
  }

  private static String label(Admission.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
