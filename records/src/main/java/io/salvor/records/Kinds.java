package io.salvor.records;

import io.salvor.domain.task.TaskFact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The table of contents of the log: every kind of record about a task that was ever written.
final class Kinds {

  /// What is written today, in the order of [#of].
  private static final List<Kind<TaskFact>> CURRENT =
      List.of(
          TaskKinds.CREATED,
          TaskKinds.DEPENDENCY_MET,
          TaskKinds.DISPATCHED,
          TaskKinds.PARKED,
          TaskKinds.PAUSED,
          TaskKinds.BLOCKED,
          TaskKinds.FAILED,
          TaskKinds.REOPENED,
          TaskKinds.CANCELLED,
          TaskKinds.SKIPPED,
          TaskKinds.COMMENTED,
          TaskKinds.ANSWERED,
          TaskKinds.SHELL_OPENED,
          TaskKinds.BUDGET_CHANGED,
          TaskKinds.LIMIT_NEARED,
          TaskKinds.EDITED,
          TaskKinds.DEPENDENCIES_CHANGED,
          InterventionKinds.RETRIED,
          InterventionKinds.FORCED,
          InterventionKinds.RESET_INTENDED,
          InterventionKinds.RESET_DONE,
          InterventionKinds.RESET_REFUSED,
          InterventionKinds.VERIFY_INTENDED,
          InterventionKinds.VERIFIED,
          AttemptKinds.CLAIMED,
          AttemptKinds.WORKSPACE_READY,
          AttemptKinds.SPAWN_INTENDED,
          AttemptKinds.SPAWNED,
          AttemptKinds.ADOPTED,
          AttemptKinds.OBSERVED,
          AttemptKinds.STOP_INTENDED,
          AttemptKinds.STOP_REDIRECTED,
          AttemptKinds.ENDED,
          ReviewKinds.GATES_INTENDED,
          ReviewKinds.SALVAGE_INTENDED,
          ReviewKinds.SALVAGED,
          ReviewKinds.GATES_PASSED,
          ReviewKinds.GATES_FAILED,
          ReviewKinds.CONFLICTS_LEFT,
          ReviewKinds.REVIEW_ASKED,
          ReviewKinds.APPROVED,
          ReviewKinds.APPROVAL_VOIDED,
          ReviewKinds.REJECTED,
          ReviewKinds.MERGE_INTENDED,
          ReviewKinds.MERGE_REFUSED,
          ReviewKinds.MERGED,
          ReviewKinds.PUSH_INTENDED,
          ReviewKinds.PUSHED,
          ReviewKinds.PUSH_FAILED,
          ReviewKinds.WORKSPACE_REMOVED);

  /// What earlier versions wrote. When a kind becomes `.v2`, its `.v1` moves here, with how to read
  /// it.
  private static final List<Kind<TaskFact>> OLDER = List.of();

  private static final Map<String, Kind<TaskFact>> BY_NAME =
      Stream.concat(CURRENT.stream(), OLDER.stream())
          .collect(Collectors.toUnmodifiableMap(Kind::name, Function.identity()));

  private Kinds() {}

  /// How a fact is written.
  static Kind.Current<TaskFact, ?, ?> of(TaskFact fact) {
    return switch (fact) {
      case TaskFact.Created _ -> TaskKinds.CREATED;
      case TaskFact.DependencyMet _ -> TaskKinds.DEPENDENCY_MET;
      case TaskFact.Dispatched _ -> TaskKinds.DISPATCHED;
      case TaskFact.Parked _ -> TaskKinds.PARKED;
      case TaskFact.Paused _ -> TaskKinds.PAUSED;
      case TaskFact.Blocked _ -> TaskKinds.BLOCKED;
      case TaskFact.Failed _ -> TaskKinds.FAILED;
      case TaskFact.Reopened _ -> TaskKinds.REOPENED;
      case TaskFact.Cancelled _ -> TaskKinds.CANCELLED;
      case TaskFact.Skipped _ -> TaskKinds.SKIPPED;
      case TaskFact.Commented _ -> TaskKinds.COMMENTED;
      case TaskFact.Answered _ -> TaskKinds.ANSWERED;
      case TaskFact.ShellOpened _ -> TaskKinds.SHELL_OPENED;
      case TaskFact.BudgetChanged _ -> TaskKinds.BUDGET_CHANGED;
      case TaskFact.LimitNeared _ -> TaskKinds.LIMIT_NEARED;
      case TaskFact.Edited _ -> TaskKinds.EDITED;
      case TaskFact.DependenciesChanged _ -> TaskKinds.DEPENDENCIES_CHANGED;
      case TaskFact.Retried _ -> InterventionKinds.RETRIED;
      case TaskFact.Forced _ -> InterventionKinds.FORCED;
      case TaskFact.ResetIntended _ -> InterventionKinds.RESET_INTENDED;
      case TaskFact.ResetDone _ -> InterventionKinds.RESET_DONE;
      case TaskFact.ResetRefused _ -> InterventionKinds.RESET_REFUSED;
      case TaskFact.VerifyIntended _ -> InterventionKinds.VERIFY_INTENDED;
      case TaskFact.Verified _ -> InterventionKinds.VERIFIED;
      case TaskFact.Claimed _ -> AttemptKinds.CLAIMED;
      case TaskFact.WorkspaceReady _ -> AttemptKinds.WORKSPACE_READY;
      case TaskFact.SpawnIntended _ -> AttemptKinds.SPAWN_INTENDED;
      case TaskFact.Spawned _ -> AttemptKinds.SPAWNED;
      case TaskFact.Adopted _ -> AttemptKinds.ADOPTED;
      case TaskFact.Observed _ -> AttemptKinds.OBSERVED;
      case TaskFact.StopIntended _ -> AttemptKinds.STOP_INTENDED;
      case TaskFact.StopRedirected _ -> AttemptKinds.STOP_REDIRECTED;
      case TaskFact.AttemptEnded _ -> AttemptKinds.ENDED;
      case TaskFact.GatesIntended _ -> ReviewKinds.GATES_INTENDED;
      case TaskFact.SalvageIntended _ -> ReviewKinds.SALVAGE_INTENDED;
      case TaskFact.Salvaged _ -> ReviewKinds.SALVAGED;
      case TaskFact.GatesPassed _ -> ReviewKinds.GATES_PASSED;
      case TaskFact.GatesFailed _ -> ReviewKinds.GATES_FAILED;
      case TaskFact.ConflictsLeft _ -> ReviewKinds.CONFLICTS_LEFT;
      case TaskFact.ReviewAsked _ -> ReviewKinds.REVIEW_ASKED;
      case TaskFact.Approved _ -> ReviewKinds.APPROVED;
      case TaskFact.ApprovalVoided _ -> ReviewKinds.APPROVAL_VOIDED;
      case TaskFact.Rejected _ -> ReviewKinds.REJECTED;
      case TaskFact.MergeIntended _ -> ReviewKinds.MERGE_INTENDED;
      case TaskFact.MergeRefused _ -> ReviewKinds.MERGE_REFUSED;
      case TaskFact.Merged _ -> ReviewKinds.MERGED;
      case TaskFact.PushIntended _ -> ReviewKinds.PUSH_INTENDED;
      case TaskFact.Pushed _ -> ReviewKinds.PUSHED;
      case TaskFact.PushFailed _ -> ReviewKinds.PUSH_FAILED;
      case TaskFact.WorkspaceRemoved _ -> ReviewKinds.WORKSPACE_REMOVED;
    };
  }

  /// The kind of this name; empty where only a newer Salvor knows it.
  static Optional<Kind<TaskFact>> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /// Every name that can be read.
  static List<String> names() {
    return BY_NAME.keySet().stream().sorted().toList();
  }
}
