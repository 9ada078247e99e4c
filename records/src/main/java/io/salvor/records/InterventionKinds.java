package io.salvor.records;

import io.salvor.domain.task.GateRun;
import io.salvor.domain.task.Reset;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskFact.Forced;
import io.salvor.domain.task.TaskFact.ResetDone;
import io.salvor.domain.task.TaskFact.ResetIntended;
import io.salvor.domain.task.TaskFact.ResetRefused;
import io.salvor.domain.task.TaskFact.Retried;
import io.salvor.domain.task.TaskFact.Verified;
import io.salvor.domain.task.TaskFact.VerifyIntended;
import io.salvor.record.v1.GatesVerified;
import io.salvor.record.v1.GatesVerifyIntended;
import io.salvor.record.v1.TaskForced;
import io.salvor.record.v1.TaskResetDone;
import io.salvor.record.v1.TaskResetIntended;
import io.salvor.record.v1.TaskResetRefused;
import io.salvor.record.v1.TaskRetried;

/// Records of what people forced or had done by hand.
final class InterventionKinds {
  static final Kind.Current<TaskFact, ?, ?> RETRIED =
      new Kind.Current<>(
          "salvor.task.retried.v1",
          Retried.class,
          fact -> TaskRetried.newBuilder().setReason(fact.reason()).build(),
          TaskRetried.parser(),
          stored -> new Retried(stored.getReason()));

  static final Kind.Current<TaskFact, ?, ?> FORCED =
      new Kind.Current<>(
          "salvor.task.forced.v1",
          Forced.class,
          fact -> TaskForced.newBuilder().setWhat(fact.what()).build(),
          TaskForced.parser(),
          stored -> new Forced(stored.getWhat()));

  static final Kind.Current<TaskFact, ?, ?> RESET_INTENDED =
      new Kind.Current<>(
          "salvor.task.reset_intended.v1",
          ResetIntended.class,
          fact ->
              TaskResetIntended.newBuilder()
                  .setNumber(fact.number())
                  .setReason(fact.reason())
                  .setCommits(fact.commits())
                  .setFiles(fact.files())
                  .build(),
          TaskResetIntended.parser(),
          stored ->
              new ResetIntended(
                  stored.getNumber(), stored.getReason(), stored.getCommits(), stored.getFiles()));

  static final Kind.Current<TaskFact, ?, ?> RESET_DONE =
      new Kind.Current<>(
          "salvor.task.reset_done.v1",
          ResetDone.class,
          _ -> TaskResetDone.getDefaultInstance(),
          TaskResetDone.parser(),
          _ -> new ResetDone());

  static final Kind.Current<TaskFact, ?, ?> RESET_REFUSED =
      new Kind.Current<>(
          "salvor.task.reset_refused.v1",
          ResetRefused.class,
          fact -> TaskResetRefused.newBuilder().setDetail(fact.detail()).build(),
          TaskResetRefused.parser(),
          stored -> new ResetRefused(stored.getDetail()));

  static final Kind.Current<TaskFact, ?, ?> VERIFY_INTENDED =
      new Kind.Current<>(
          "salvor.gates.verify_intended.v1",
          VerifyIntended.class,
          fact ->
              GatesVerifyIntended.newBuilder()
                  .setWorkspace(RunValues.workspace(fact.workspace()))
                  .setHead(fact.head())
                  .build(),
          GatesVerifyIntended.parser(),
          stored ->
              new VerifyIntended(RunValues.workspace(stored.getWorkspace()), stored.getHead()));

  static final Kind.Current<TaskFact, ?, ?> VERIFIED =
      new Kind.Current<>(
          "salvor.gates.verified.v1",
          Verified.class,
          fact ->
              GatesVerified.newBuilder()
                  .setHead(fact.head())
                  .addAllGates(fact.gates().stream().map(InterventionKinds::gate).toList())
                  .build(),
          GatesVerified.parser(),
          stored ->
              new Verified(
                  stored.getHead(),
                  stored.getGatesList().stream().map(InterventionKinds::gate).toList()));

  private InterventionKinds() {}

  private static GatesVerified.Gate gate(GateRun gate) {
    return GatesVerified.Gate.newBuilder()
        .setCommand(gate.command())
        .setFailure(gate.failure())
        .setOutput(gate.output())
        .build();
  }

  private static GateRun gate(GatesVerified.Gate stored) {
    return new GateRun(stored.getCommand(), stored.getFailure(), stored.getOutput());
  }

  static io.salvor.record.v1.TaskState.Reset reset(Reset reset) {
    var stored =
        io.salvor.record.v1.TaskState.Reset.newBuilder()
            .setNumber(reset.number())
            .setCommits(reset.commits())
            .setFiles(reset.files());
    switch (reset.progress()) {
      case Reset.Progress.Pending _ -> stored.getPendingBuilder();
      case Reset.Progress.Done _ -> stored.getDoneBuilder();
      case Reset.Progress.Refused(var detail) -> stored.getRefusedBuilder().setDetail(detail);
    }
    return stored.build();
  }

  static Reset reset(io.salvor.record.v1.TaskState.Reset stored) {
    Reset.Progress progress =
        switch (stored.getProgressCase()) {
          case PENDING -> new Reset.Progress.Pending();
          case DONE -> new Reset.Progress.Done();
          case REFUSED -> new Reset.Progress.Refused(stored.getRefused().getDetail());
          case PROGRESS_NOT_SET -> throw new Malformed("a reset is somewhere");
        };
    return new Reset(stored.getNumber(), stored.getCommits(), stored.getFiles(), progress);
  }
}
