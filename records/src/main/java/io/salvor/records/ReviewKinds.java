package io.salvor.records;

import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskFact.ApprovalVoided;
import io.salvor.domain.task.TaskFact.Approved;
import io.salvor.domain.task.TaskFact.Merged;
import io.salvor.domain.task.TaskFact.Rejected;
import io.salvor.record.v1.GatesFailed;
import io.salvor.record.v1.GatesIntended;
import io.salvor.record.v1.GatesPassed;
import io.salvor.record.v1.MergeConflictsLeft;
import io.salvor.record.v1.MergeDone;
import io.salvor.record.v1.MergeIntended;
import io.salvor.record.v1.MergeRefused;
import io.salvor.record.v1.PushDone;
import io.salvor.record.v1.PushFailed;
import io.salvor.record.v1.PushIntended;
import io.salvor.record.v1.ReviewApprovalVoided;
import io.salvor.record.v1.ReviewApproved;
import io.salvor.record.v1.ReviewAsked;
import io.salvor.record.v1.ReviewRejected;
import io.salvor.record.v1.SalvageIntended;
import io.salvor.record.v1.Salvaged;
import io.salvor.record.v1.WorkspaceRemoved;
import java.util.Optional;

/// Records about gates, verdicts, the merge and what is cleared away after it.
final class ReviewKinds {
  static final Kind.Current<TaskFact, ?, ?> GATES_INTENDED =
      new Kind.Current<>(
          "salvor.gates.intended.v1",
          TaskFact.GatesIntended.class,
          fact ->
              GatesIntended.newBuilder()
                  .setAttempt(Scalars.attempt(fact.attempt()))
                  .setWorkspace(RunValues.workspace(fact.workspace()))
                  .setHead(fact.head())
                  .build(),
          GatesIntended.parser(),
          stored ->
              new TaskFact.GatesIntended(
                  Scalars.attempt(stored.getAttempt()),
                  RunValues.workspace(stored.getWorkspace()),
                  stored.getHead()));

  static final Kind.Current<TaskFact, ?, ?> SALVAGE_INTENDED =
      new Kind.Current<>(
          "salvor.salvage.intended.v1",
          TaskFact.SalvageIntended.class,
          fact -> {
            var stored =
                SalvageIntended.newBuilder()
                    .setAttempt(Scalars.attempt(fact.attempt()))
                    .setWorkspace(RunValues.workspace(fact.workspace()))
                    .setHead(fact.head())
                    .setSummary(fact.summary());
            fact.domain().ifPresent(stored::setDomain);
            return stored.build();
          },
          SalvageIntended.parser(),
          stored ->
              new TaskFact.SalvageIntended(
                  Scalars.attempt(stored.getAttempt()),
                  RunValues.workspace(stored.getWorkspace()),
                  stored.getHead(),
                  stored.getSummary(),
                  stored.hasDomain() ? Optional.of(stored.getDomain()) : Optional.empty()));

  static final Kind.Current<TaskFact, ?, ?> SALVAGED =
      new Kind.Current<>(
          "salvor.salvage.done.v1",
          TaskFact.Salvaged.class,
          fact ->
              Salvaged.newBuilder()
                  .setAttempt(Scalars.attempt(fact.attempt()))
                  .setHead(fact.head())
                  .build(),
          Salvaged.parser(),
          stored -> new TaskFact.Salvaged(Scalars.attempt(stored.getAttempt()), stored.getHead()));

  static final Kind.Current<TaskFact, ?, ?> GATES_PASSED =
      new Kind.Current<>(
          "salvor.gates.passed.v1",
          TaskFact.GatesPassed.class,
          fact -> GatesPassed.newBuilder().setHead(fact.head()).build(),
          GatesPassed.parser(),
          stored -> new TaskFact.GatesPassed(stored.getHead()));

  static final Kind.Current<TaskFact, ?, ?> GATES_FAILED =
      new Kind.Current<>(
          "salvor.gates.failed.v1",
          TaskFact.GatesFailed.class,
          fact -> GatesFailed.newBuilder().setHead(fact.head()).setDetail(fact.detail()).build(),
          GatesFailed.parser(),
          stored -> new TaskFact.GatesFailed(stored.getHead(), stored.getDetail()));

  static final Kind.Current<TaskFact, ?, ?> CONFLICTS_LEFT =
      new Kind.Current<>(
          "salvor.merge.conflicts_left.v1",
          TaskFact.ConflictsLeft.class,
          fact ->
              MergeConflictsLeft.newBuilder()
                  .setHead(fact.head())
                  .addAllFiles(fact.files())
                  .build(),
          MergeConflictsLeft.parser(),
          stored -> new TaskFact.ConflictsLeft(stored.getHead(), stored.getFilesList()));

  static final Kind.Current<TaskFact, ?, ?> REVIEW_ASKED =
      new Kind.Current<>(
          "salvor.review.asked.v1",
          TaskFact.ReviewAsked.class,
          fact -> {
            var stored =
                ReviewAsked.newBuilder()
                    .setHead(fact.head())
                    .addAllExecutors(Scalars.actors(fact.executors()))
                    .setSummary(fact.summary());
            fact.domain().ifPresent(stored::setDomain);
            return stored.build();
          },
          ReviewAsked.parser(),
          stored ->
              new TaskFact.ReviewAsked(
                  stored.getHead(),
                  Scalars.actorsOf(stored.getExecutorsList()),
                  stored.getSummary(),
                  stored.hasDomain() ? Optional.of(stored.getDomain()) : Optional.empty()));

  static final Kind.Current<TaskFact, ?, ?> APPROVED =
      new Kind.Current<>(
          "salvor.review.approved.v1",
          Approved.class,
          fact -> {
            var stored = ReviewApproved.newBuilder().setHead(fact.head()).setNotes(fact.notes());
            fact.domain().ifPresent(stored::setDomain);
            return stored.build();
          },
          ReviewApproved.parser(),
          stored ->
              new Approved(
                  stored.getHead(),
                  stored.getNotes(),
                  stored.hasDomain() ? Optional.of(stored.getDomain()) : Optional.empty()));

  static final Kind.Current<TaskFact, ?, ?> APPROVAL_VOIDED =
      new Kind.Current<>(
          "salvor.review.approval_voided.v1",
          ApprovalVoided.class,
          fact -> ReviewApprovalVoided.newBuilder().setNewHead(fact.newHead()).build(),
          ReviewApprovalVoided.parser(),
          stored -> new ApprovalVoided(stored.getNewHead()));

  static final Kind.Current<TaskFact, ?, ?> REJECTED =
      new Kind.Current<>(
          "salvor.review.rejected.v1",
          Rejected.class,
          fact -> ReviewRejected.newBuilder().setHead(fact.head()).setReason(fact.reason()).build(),
          ReviewRejected.parser(),
          stored -> new Rejected(stored.getHead(), stored.getReason()));

  static final Kind.Current<TaskFact, ?, ?> MERGE_INTENDED =
      new Kind.Current<>(
          "salvor.merge.intended.v1",
          TaskFact.MergeIntended.class,
          fact -> {
            var stored = MergeIntended.newBuilder().setHead(fact.head()).setTarget(fact.target());
            fact.push().ifPresent(stored::setPush);
            return stored.build();
          },
          MergeIntended.parser(),
          stored ->
              new TaskFact.MergeIntended(
                  stored.getHead(),
                  stored.getTarget(),
                  stored.hasPush() ? Optional.of(stored.getPush()) : Optional.empty()));

  static final Kind.Current<TaskFact, ?, ?> PUSH_INTENDED =
      new Kind.Current<>(
          "salvor.push.intended.v1",
          TaskFact.PushIntended.class,
          fact ->
              PushIntended.newBuilder()
                  .setRemote(fact.remote())
                  .setTarget(fact.target())
                  .setCommit(fact.commit())
                  .build(),
          PushIntended.parser(),
          stored ->
              new TaskFact.PushIntended(
                  stored.getRemote(), stored.getTarget(), stored.getCommit()));

  static final Kind.Current<TaskFact, ?, ?> PUSHED =
      new Kind.Current<>(
          "salvor.push.done.v1",
          TaskFact.Pushed.class,
          _ -> PushDone.getDefaultInstance(),
          PushDone.parser(),
          _ -> new TaskFact.Pushed());

  static final Kind.Current<TaskFact, ?, ?> PUSH_FAILED =
      new Kind.Current<>(
          "salvor.push.failed.v1",
          TaskFact.PushFailed.class,
          fact -> PushFailed.newBuilder().setDetail(fact.detail()).build(),
          PushFailed.parser(),
          stored -> new TaskFact.PushFailed(stored.getDetail()));

  static final Kind.Current<TaskFact, ?, ?> MERGE_REFUSED =
      new Kind.Current<>(
          "salvor.merge.refused.v1",
          TaskFact.MergeRefused.class,
          ReviewKinds::refused,
          MergeRefused.parser(),
          ReviewKinds::refused);

  static final Kind.Current<TaskFact, ?, ?> MERGED =
      new Kind.Current<>(
          "salvor.merge.done.v1",
          Merged.class,
          fact -> MergeDone.newBuilder().setTargetCommit(fact.targetCommit()).build(),
          MergeDone.parser(),
          stored -> new Merged(stored.getTargetCommit()));

  static final Kind.Current<TaskFact, ?, ?> WORKSPACE_REMOVED =
      new Kind.Current<>(
          "salvor.workspace.removed.v1",
          TaskFact.WorkspaceRemoved.class,
          _ -> WorkspaceRemoved.getDefaultInstance(),
          WorkspaceRemoved.parser(),
          _ -> new TaskFact.WorkspaceRemoved());

  private ReviewKinds() {}

  static MergeRefused refused(TaskFact.MergeRefused fact) {
    return MergeRefused.newBuilder()
        .setKind(fact.kind())
        .setDetail(fact.detail())
        .addAllFiles(fact.files())
        .build();
  }

  static TaskFact.MergeRefused refused(MergeRefused stored) {
    return new TaskFact.MergeRefused(stored.getKind(), stored.getDetail(), stored.getFilesList());
  }
}
