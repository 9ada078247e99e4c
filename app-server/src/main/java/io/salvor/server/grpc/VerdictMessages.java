package io.salvor.server.grpc;

import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact.MergeRefused;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.task.Verdict;
import io.salvor.v1.Approval;
import io.salvor.v1.MergeRefusal;
import io.salvor.v1.Push;
import io.salvor.v1.Submission;

/// What was said of work, what became of its merge and of its push, as messages.
final class VerdictMessages {
  private VerdictMessages() {}

  /// Writes what there is of that into the task's message.
  static void write(Task task, io.salvor.v1.Task.Builder message) {
    switch (task.state()) {
      case TaskState.Review review -> {
        var submission = Submission.newBuilder().setSummary(review.submission().summary());
        review.submission().domain().ifPresent(submission::setDomain);
        message.setSubmission(submission);
      }
      case TaskState.Approved approved -> {
        message.setApproval(approval(approved.verdict(), approved.head()));
        approved.refusal().ifPresent(refused -> message.setMergeRefusal(refusal(refused)));
      }
      case TaskState.Merging merging -> {
        message.setApproval(approval(merging.verdict(), merging.head()));
        merging
            .push()
            .ifPresent(remote ->
                message.setPush(Push.newBuilder().setRemote(remote).setState(Push.State.PENDING)));
      }
      case TaskState.Merged merged -> {
        message
            .setApproval(approval(merged.verdict(), merged.head()))
            .setTargetCommit(merged.targetCommit());
        merged.push().ifPresent(push -> message.setPush(push(push)));
      }
      default -> {}
    }
  }

  private static Approval approval(Verdict verdict, String commit) {
    return Approval.newBuilder()
        .setActor(verdict.by().value())
        .setCommit(commit)
        .setNotes(verdict.notes())
        .setDomain(verdict.domain().orElse(""))
        .build();
  }

  private static Push push(io.salvor.domain.task.Push push) {
    var message = Push.newBuilder().setRemote(push.remote());
    switch (push.progress()) {
      case io.salvor.domain.task.Push.Progress.Pending _ -> message.setState(Push.State.PENDING);
      case io.salvor.domain.task.Push.Progress.Done _ -> message.setState(Push.State.DONE);
      case io.salvor.domain.task.Push.Progress.Failed(var detail) ->
          message.setState(Push.State.FAILED).setDetail(detail);
    }
    return message.build();
  }

  private static MergeRefusal refusal(MergeRefused refused) {
    MergeRefusal.Kind kind =
        switch (refused.kind()) {
          case MergeRefused.CONFLICT -> MergeRefusal.Kind.CONFLICT;
          case MergeRefused.GATES_FAILED -> MergeRefusal.Kind.GATES_FAILED;
          case "dirty_overlap" -> MergeRefusal.Kind.DIRTY_OVERLAP;
          case "gone" -> MergeRefusal.Kind.GONE;
          default -> MergeRefusal.Kind.FAILED;
        };
    return MergeRefusal.newBuilder()
        .setKind(kind)
        .setDetail(refused.detail())
        .addAllFiles(refused.files())
        .build();
  }
}
