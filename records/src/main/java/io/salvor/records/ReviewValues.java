package io.salvor.records;

import io.salvor.domain.access.Actor;
import io.salvor.domain.task.Push;
import io.salvor.domain.task.Submission;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.task.Verdict;
import java.util.Optional;

/// Where a task stands from its review on, as it is stored in a snapshot.
final class ReviewValues {
  private ReviewValues() {}

  static io.salvor.record.v1.TaskState.Review review(TaskState.Review review) {
    var stored =
        io.salvor.record.v1.TaskState.Review.newBuilder()
            .setHead(review.head())
            .addAllExecutors(Scalars.actors(review.executors()))
            .setSummary(review.submission().summary());
    review.submission().domain().ifPresent(stored::setDomain);
    return stored.build();
  }

  static TaskState.Review review(io.salvor.record.v1.TaskState.Review stored) {
    return new TaskState.Review(
        stored.getHead(),
        Scalars.actorsOf(stored.getExecutorsList()),
        new Submission(stored.getSummary(), given(stored.hasDomain(), stored.getDomain())));
  }

  static io.salvor.record.v1.TaskState.Approved approved(TaskState.Approved approved) {
    var stored =
        io.salvor.record.v1.TaskState.Approved.newBuilder()
            .setHead(approved.head())
            .addAllExecutors(Scalars.actors(approved.executors()))
            .setBy(approved.verdict().by().value())
            .setNotes(approved.verdict().notes());
    approved.verdict().domain().ifPresent(stored::setDomain);
    approved.refusal().ifPresent(it -> stored.setRefusal(ReviewKinds.refused(it)));
    return stored.build();
  }

  static TaskState.Approved approved(io.salvor.record.v1.TaskState.Approved stored) {
    return new TaskState.Approved(
        stored.getHead(),
        Scalars.actorsOf(stored.getExecutorsList()),
        new Verdict(
            new Actor(stored.getBy()),
            stored.getNotes(),
            given(stored.hasDomain(), stored.getDomain())),
        stored.hasRefusal()
            ? Optional.of(ReviewKinds.refused(stored.getRefusal()))
            : Optional.empty());
  }

  static io.salvor.record.v1.TaskState.Merging merging(TaskState.Merging merging) {
    var stored =
        io.salvor.record.v1.TaskState.Merging.newBuilder()
            .setHead(merging.head())
            .addAllExecutors(Scalars.actors(merging.executors()))
            .setBy(merging.verdict().by().value())
            .setTarget(merging.target())
            .setNotes(merging.verdict().notes());
    merging.verdict().domain().ifPresent(stored::setDomain);
    merging.push().ifPresent(stored::setPush);
    return stored.build();
  }

  static TaskState.Merging merging(io.salvor.record.v1.TaskState.Merging stored) {
    return new TaskState.Merging(
        stored.getHead(),
        Scalars.actorsOf(stored.getExecutorsList()),
        new Verdict(
            new Actor(stored.getBy()),
            stored.getNotes(),
            given(stored.hasDomain(), stored.getDomain())),
        stored.getTarget(),
        given(stored.hasPush(), stored.getPush()));
  }

  static io.salvor.record.v1.TaskState.Merged merged(TaskState.Merged merged) {
    var stored =
        io.salvor.record.v1.TaskState.Merged.newBuilder()
            .setHead(merged.head())
            .setBy(merged.verdict().by().value())
            .setTarget(merged.target())
            .setTargetCommit(merged.targetCommit())
            .setNotes(merged.verdict().notes());
    merged.verdict().domain().ifPresent(stored::setDomain);
    merged.push().ifPresent(it -> stored.setPush(push(it)));
    return stored.build();
  }

  static TaskState.Merged merged(io.salvor.record.v1.TaskState.Merged stored) {
    return new TaskState.Merged(
        stored.getHead(),
        new Verdict(
            new Actor(stored.getBy()),
            stored.getNotes(),
            given(stored.hasDomain(), stored.getDomain())),
        stored.getTarget(),
        stored.getTargetCommit(),
        stored.hasPush() ? Optional.of(push(stored.getPush())) : Optional.empty());
  }

  private static io.salvor.record.v1.TaskState.Push push(Push push) {
    var stored = io.salvor.record.v1.TaskState.Push.newBuilder().setRemote(push.remote());
    switch (push.progress()) {
      case Push.Progress.Pending _ ->
          stored.setPending(io.salvor.record.v1.TaskState.Push.Pending.getDefaultInstance());
      case Push.Progress.Done _ ->
          stored.setDone(io.salvor.record.v1.TaskState.Push.Done.getDefaultInstance());
      case Push.Progress.Failed(var detail) -> stored.getFailedBuilder().setDetail(detail);
    }
    return stored.build();
  }

  private static Push push(io.salvor.record.v1.TaskState.Push stored) {
    Push.Progress progress =
        switch (stored.getProgressCase()) {
          case PENDING -> new Push.Progress.Pending();
          case DONE -> new Push.Progress.Done();
          case FAILED -> new Push.Progress.Failed(stored.getFailed().getDetail());
          case PROGRESS_NOT_SET -> throw new Malformed("a push is somewhere");
        };
    return new Push(stored.getRemote(), progress);
  }

  private static Optional<String> given(boolean there, String value) {
    return there ? Optional.of(value) : Optional.empty();
  }
}
