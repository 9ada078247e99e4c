package io.salvor.records;

import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskFact.Adopted;
import io.salvor.domain.task.TaskFact.Claimed;
import io.salvor.domain.task.TaskFact.Observed;
import io.salvor.domain.task.TaskFact.SpawnIntended;
import io.salvor.domain.task.TaskFact.Spawned;
import io.salvor.domain.task.TaskFact.StopIntended;
import io.salvor.domain.task.TaskFact.StopRedirected;
import io.salvor.domain.task.TaskFact.WorkspaceReady;
import io.salvor.record.v1.AttemptAdopted;
import io.salvor.record.v1.AttemptClaimed;
import io.salvor.record.v1.AttemptEnded;
import io.salvor.record.v1.AttemptObserved;
import io.salvor.record.v1.AttemptSpawnIntended;
import io.salvor.record.v1.AttemptSpawned;
import io.salvor.record.v1.AttemptStopIntended;
import io.salvor.record.v1.AttemptStopRedirected;
import io.salvor.record.v1.AttemptWorkspaceReady;
import java.util.Optional;

/// Records about an attempt, from its claim to its end.
final class AttemptKinds {
  static final Kind.Current<TaskFact, ?, ?> CLAIMED =
      new Kind.Current<>(
          "salvor.attempt.claimed.v1",
          Claimed.class,
          fact ->
              AttemptClaimed.newBuilder()
                  .setAttempt(Scalars.attempt(fact.attempt()))
                  .setMode(SpecValues.START_MODE.stored(fact.mode()))
                  .build(),
          AttemptClaimed.parser(),
          stored ->
              new Claimed(
                  Scalars.attempt(stored.getAttempt()),
                  SpecValues.START_MODE.ours(stored.getMode())));

  static final Kind.Current<TaskFact, ?, ?> WORKSPACE_READY =
      new Kind.Current<>(
          "salvor.attempt.workspace_ready.v1",
          WorkspaceReady.class,
          fact ->
              AttemptWorkspaceReady.newBuilder()
                  .setAttempt(Scalars.attempt(fact.attempt()))
                  .setWorkspace(RunValues.workspace(fact.workspace()))
                  .setCreated(fact.created())
                  .build(),
          AttemptWorkspaceReady.parser(),
          stored ->
              new WorkspaceReady(
                  Scalars.attempt(stored.getAttempt()),
                  RunValues.workspace(stored.getWorkspace()),
                  stored.getCreated()));

  static final Kind.Current<TaskFact, ?, ?> SPAWN_INTENDED =
      new Kind.Current<>(
          "salvor.attempt.spawn_intended.v1",
          SpawnIntended.class,
          fact ->
              AttemptSpawnIntended.newBuilder().setAttempt(Scalars.attempt(fact.attempt())).build(),
          AttemptSpawnIntended.parser(),
          stored -> new SpawnIntended(Scalars.attempt(stored.getAttempt())));

  static final Kind.Current<TaskFact, ?, ?> SPAWNED =
      new Kind.Current<>(
          "salvor.attempt.spawned.v1",
          Spawned.class,
          fact ->
              AttemptSpawned.newBuilder()
                  .setAttempt(Scalars.attempt(fact.attempt()))
                  .setProcess(RunValues.process(fact.process()))
                  .setNote(RunValues.note(fact.note()))
                  .setAt(Scalars.moment(fact.at()))
                  .build(),
          AttemptSpawned.parser(),
          stored ->
              new Spawned(
                  Scalars.attempt(stored.getAttempt()),
                  RunValues.process(stored.getProcess()),
                  RunValues.note(stored.getNote()),
                  Scalars.moment(stored.getAt())));

  static final Kind.Current<TaskFact, ?, ?> ADOPTED =
      new Kind.Current<>(
          "salvor.attempt.adopted.v1",
          Adopted.class,
          fact -> AttemptAdopted.newBuilder().setAttempt(Scalars.attempt(fact.attempt())).build(),
          AttemptAdopted.parser(),
          stored -> new Adopted(Scalars.attempt(stored.getAttempt())));

  static final Kind.Current<TaskFact, ?, ?> OBSERVED =
      new Kind.Current<>(
          "salvor.attempt.observed.v1",
          Observed.class,
          fact ->
              AttemptObserved.newBuilder()
                  .setAttempt(Scalars.attempt(fact.attempt()))
                  .setFrom(fact.from())
                  .setTo(fact.to())
                  .setEvent(EventValues.event(fact.event()))
                  .build(),
          AttemptObserved.parser(),
          stored ->
              new Observed(
                  Scalars.attempt(stored.getAttempt()),
                  stored.getFrom(),
                  stored.getTo(),
                  EventValues.event(stored.getEvent())));

  static final Kind.Current<TaskFact, ?, ?> STOP_INTENDED =
      new Kind.Current<>(
          "salvor.attempt.stop_intended.v1",
          StopIntended.class,
          fact ->
              AttemptStopIntended.newBuilder()
                  .setAttempt(Scalars.attempt(fact.attempt()))
                  .setCause(RunValues.STOP_CAUSE.stored(fact.cause()))
                  .setNext(RunValues.next(fact.next()))
                  .build(),
          AttemptStopIntended.parser(),
          stored ->
              new StopIntended(
                  Scalars.attempt(stored.getAttempt()),
                  RunValues.STOP_CAUSE.ours(stored.getCause()),
                  RunValues.next(stored.getNext())));

  static final Kind.Current<TaskFact, ?, ?> STOP_REDIRECTED =
      new Kind.Current<>(
          "salvor.attempt.stop_redirected.v1",
          StopRedirected.class,
          fact ->
              AttemptStopRedirected.newBuilder()
                  .setAttempt(Scalars.attempt(fact.attempt()))
                  .setNext(RunValues.next(fact.next()))
                  .build(),
          AttemptStopRedirected.parser(),
          stored ->
              new StopRedirected(
                  Scalars.attempt(stored.getAttempt()), RunValues.next(stored.getNext())));

  static final Kind.Current<TaskFact, ?, ?> ENDED =
      new Kind.Current<>(
          "salvor.attempt.ended.v1",
          TaskFact.AttemptEnded.class,
          AttemptKinds::ended,
          AttemptEnded.parser(),
          AttemptKinds::ended);

  private AttemptKinds() {}

  private static AttemptEnded ended(TaskFact.AttemptEnded fact) {
    var stored =
        AttemptEnded.newBuilder()
            .setAttempt(Scalars.attempt(fact.attempt()))
            .setStarted(fact.started())
            .setEnding(RunValues.ending(fact.ending()))
            .setWorkspace(RunValues.summary(fact.workspace()))
            .setAt(Scalars.time(fact.at()));
    fact.evidence().ifPresent(it -> stored.setEvidence(RunValues.evidence(it)));
    return stored.build();
  }

  private static TaskFact.AttemptEnded ended(AttemptEnded stored) {
    return new TaskFact.AttemptEnded(
        Scalars.attempt(stored.getAttempt()),
        stored.getStarted(),
        RunValues.ending(stored.getEnding()),
        stored.hasEvidence()
            ? Optional.of(RunValues.evidence(stored.getEvidence()))
            : Optional.empty(),
        RunValues.summary(stored.getWorkspace()),
        Scalars.time(stored.getAt()));
  }
}
