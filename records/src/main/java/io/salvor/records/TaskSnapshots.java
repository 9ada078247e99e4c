package io.salvor.records;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.task.Actions;
import io.salvor.domain.task.LastWords;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Progress;
import io.salvor.domain.task.Progress.OpenTool;
import io.salvor.domain.task.Start;
import io.salvor.domain.task.Task;
import io.salvor.record.v1.TaskSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Whole tasks as bytes, for queries.
final class TaskSnapshots {
  private TaskSnapshots() {}

  static ByteString write(Task task) {
    var stored =
        TaskSnapshot.newBuilder()
            .setTask(Scalars.task(task.id()))
            .setNumber(task.display().number())
            .setSpec(SpecValues.spec(task.spec()))
            .setState(StateValues.state(task.state()))
            .setSince(task.since())
            .setRevision(task.revision())
            .setCreatedBy(task.createdBy().value())
            .setCreatedAt(Scalars.time(task.createdAt()))
            .setUpdatedAt(Scalars.time(task.updatedAt()))
            .setLastAttempt(task.lastAttempt())
            .setReset(task.reset());
    task.attempts().forEach(attempt -> stored.addAttempts(attempt(attempt)));
    task.neared().forEach(neared -> stored.addNeared(TaskKinds.neared(neared)));
    task.executors().forEach(executor -> stored.addExecutors(executor.value()));
    task.workspace().ifPresent(it -> stored.setWorkspace(RunValues.workspace(it)));
    return stored.build().toByteString();
  }

  /// @throws IllegalStateException where the bytes are no snapshot: the projection must be folded
  ///   anew
  static Task read(ByteString bytes) {
    try {
      return task(TaskSnapshot.parseFrom(bytes));
    } catch (InvalidProtocolBufferException | Malformed | IllegalArgumentException e) {
      throw new IllegalStateException("a task's snapshot cannot be read", e);
    }
  }

  private static Task task(TaskSnapshot stored) {
    return new Task(
        Scalars.task(stored.getTask()),
        new DisplayId(stored.getNumber()),
        SpecValues.spec(stored.getSpec()),
        StateValues.state(stored.getState()),
        stored.getSince(),
        stored.getRevision(),
        new Actor(stored.getCreatedBy()),
        Scalars.time(stored.getCreatedAt()),
        Scalars.time(stored.getUpdatedAt()),
        stored.getAttemptsList().stream().map(TaskSnapshots::attempt).toList(),
        stored.hasWorkspace()
            ? Optional.of(RunValues.workspace(stored.getWorkspace()))
            : Optional.empty(),
        stored.getExecutorsList().stream().map(Actor::new).toList(),
        stored.getLastAttempt(),
        stored.getReset(),
        stored.getNearedList().stream().map(TaskKinds::neared).toList());
  }

  private static io.salvor.record.v1.PastAttempt attempt(PastAttempt attempt) {
    var stored =
        io.salvor.record.v1.PastAttempt.newBuilder()
            .setRef(Scalars.attempt(attempt.ref()))
            .setMode(SpecValues.START_MODE.stored(attempt.mode()))
            .setFailedStarts(attempt.start().failedStarts())
            .setRetries(attempt.start().retries())
            .setAgent(attempt.agent())
            .setProtocol(SpecValues.PROTOCOL.stored(attempt.protocol()))
            .setClaimedAt(Scalars.time(attempt.claimedAt()))
            .setEndedAt(Scalars.time(attempt.endedAt()))
            .setStarted(attempt.started())
            .setEnding(RunValues.ending(attempt.ending()))
            .setProgress(progress(attempt.progress()))
            .setSpoke(attempt.spoke())
            .setWorkspace(RunValues.summary(attempt.workspace()));
    attempt.gateFailure().ifPresent(stored::setGateFailure);
    attempt
        .answer()
        .ifPresent(it ->
            stored
                .getAnswerBuilder()
                .setBy(it.by().value())
                .setAt(Scalars.time(it.at()))
                .setText(it.text()));
    return stored.build();
  }

  private static PastAttempt attempt(io.salvor.record.v1.PastAttempt stored) {
    return new PastAttempt(
        Scalars.attempt(stored.getRef()),
        new Start(
            SpecValues.START_MODE.ours(stored.getMode()),
            stored.getFailedStarts(),
            stored.getRetries()),
        stored.getAgent(),
        SpecValues.PROTOCOL.ours(stored.getProtocol()),
        Scalars.time(stored.getClaimedAt()),
        Scalars.time(stored.getEndedAt()),
        stored.getStarted(),
        RunValues.ending(stored.getEnding()),
        progress(stored.getProgress()),
        stored.getSpoke(),
        RunValues.summary(stored.getWorkspace()),
        stored.hasGateFailure() ? Optional.of(stored.getGateFailure()) : Optional.empty(),
        stored.hasAnswer() ? Optional.of(answer(stored.getAnswer())) : Optional.empty());
  }

  private static PastAttempt.Answer answer(io.salvor.record.v1.PastAttempt.Answer stored) {
    return new PastAttempt.Answer(
        new Actor(stored.getBy()), Scalars.time(stored.getAt()), stored.getText());
  }

  static io.salvor.record.v1.Progress progress(Progress progress) {
    var stored =
        io.salvor.record.v1.Progress.newBuilder()
            .setOffset(progress.offset())
            .setEvents(progress.events())
            .setToolCalls(progress.toolCalls())
            .setUsage(EventValues.usage(progress.usage()))
            .setReloadAsked(progress.reloadAsked());
    progress
        .openTool()
        .ifPresent(it ->
            stored
                .getOpenToolBuilder()
                .setCallId(it.callId())
                .setTool(it.tool())
                .setShown(it.shown())
                .setInputHash(it.inputHash()));
    for (Actions.Action it : progress.actions().last()) {
      stored
          .addActionsBuilder()
          .setShown(it.shown())
          .setInputHash(it.inputHash())
          .setResult(it.result());
    }
    progress.session().ifPresent(stored::setSession);
    progress.model().ifPresent(stored::setModel);
    progress.question().ifPresent(stored::setQuestion);
    progress
        .waiting()
        .ifPresent(it -> {
          var waiting =
              stored
                  .getWaitingBuilder()
                  .setNotices(it.notices())
                  .setDelay(Scalars.duration(it.delay()));
          it.httpStatus().ifPresent(waiting::setHttpStatus);
        });
    List<AgentEvent.Terminal> words = progress.words().all();
    progress.terminal().ifPresent(it -> stored.setTerminal(EventValues.event(it)));
    words.stream()
        .limit(Math.max(0, words.size() - 1))
        .forEach(it -> stored.addEarlierTerminals(EventValues.event(it)));
    return stored.build();
  }

  static Progress progress(io.salvor.record.v1.Progress stored) {
    return new Progress(
        stored.getOffset(),
        stored.getEvents(),
        stored.getToolCalls(),
        stored.hasOpenTool()
            ? Optional.of(
                new OpenTool(
                    stored.getOpenTool().getCallId(),
                    stored.getOpenTool().getTool(),
                    stored.getOpenTool().getShown(),
                    stored.getOpenTool().getInputHash()))
            : Optional.empty(),
        stored.hasSession() ? Optional.of(stored.getSession()) : Optional.empty(),
        stored.hasModel() ? Optional.of(stored.getModel()) : Optional.empty(),
        EventValues.usage(stored.getUsage()),
        stored.hasQuestion() ? Optional.of(stored.getQuestion()) : Optional.empty(),
        stored.getReloadAsked(),
        words(stored),
        new Actions(
            stored.getActionsList().stream()
                .map(it -> new Actions.Action(it.getShown(), it.getInputHash(), it.getResult()))
                .toList()),
        stored.hasWaiting() ? Optional.of(waiting(stored.getWaiting())) : Optional.empty());
  }

  private static Progress.Waiting waiting(io.salvor.record.v1.Progress.Waiting stored) {
    return new Progress.Waiting(
        stored.getNotices(),
        stored.hasHttpStatus() ? OptionalInt.of(stored.getHttpStatus()) : OptionalInt.empty(),
        Scalars.duration(stored.getDelay()));
  }

  private static LastWords words(io.salvor.record.v1.Progress stored) {
    var words = new ArrayList<AgentEvent.Terminal>();
    stored.getEarlierTerminalsList().forEach(it -> words.add(terminal(it)));
    if (stored.hasTerminal()) {
      words.add(terminal(stored.getTerminal()));
    }
    return new LastWords(words);
  }

  private static AgentEvent.Terminal terminal(io.salvor.record.v1.AgentEvent stored) {
    if (EventValues.event(stored) instanceof AgentEvent.Terminal terminal) {
      return terminal;
    }
    throw new Malformed("a last word is terminal");
  }
}
