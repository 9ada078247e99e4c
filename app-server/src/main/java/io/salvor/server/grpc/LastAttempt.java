package io.salvor.server.grpc;

import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.ShimStop;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.TaskFact;
import io.salvor.v1.AttemptSummary;
import java.util.Optional;

/// What the records tell of an attempt that is over. Used by one thread.
final class LastAttempt {
  private final PastAttempt attempt;
  private final AttemptSummaries summaries;
  private Optional<Evidence> evidence = Optional.empty();

  LastAttempt(PastAttempt attempt) {
    this.attempt = attempt;
    this.summaries = new AttemptSummaries(attempt);
  }

  /// Takes the next record of the task and its attempts.
  void take(Recorded it) {
    summaries.take(it);
    if (it.fact() instanceof TaskFact.AttemptEnded ended && ended.attempt().equals(attempt.ref())) {
      evidence = ended.evidence();
    }
  }

  /// What it did with its time; empty where there is nothing to sum up.
  Optional<AttemptSummary> summary() {
    return summaries.told();
  }

  /// How it was seen to end; empty where it never began.
  Optional<io.salvor.v1.Evidence> evidence() {
    return evidence.map(this::message);
  }

  private io.salvor.v1.Evidence message(Evidence seen) {
    var message =
        io.salvor.v1.Evidence.newBuilder()
            .setAttempt(attempt.ref().number())
            .setOomKilled(seen.oomKilled())
            .setHostRestarted(!seen.sameBoot())
            .setReadFailed(seen.readFailed())
            .setEndedAtDeadline(seen.shimStop() == ShimStop.DEADLINE)
            .setWindowClosed(seen.shimStop() == ShimStop.WINDOW_CLOSED)
            .setSurvivorsKilled(seen.survivorsKilled())
            .setResultSeen(attempt.progress().terminal().isPresent())
            .setOpenTool(attempt.progress().openTool().map(it -> it.tool()).orElse(""))
            .setOutputBytes(attempt.progress().offset());
    if (seen.exit() instanceof Exit.Status status) {
      message.setExitStatus(status.value());
      boolean signal = attempt.ending().reason() == Ending.Reason.KILLED_BY_SIGNAL;
      message.setPossibleSignal(signal || !status.usedByProtocol() ? status.possibleSignal() : 0);
    }
    return message.build();
  }
}
