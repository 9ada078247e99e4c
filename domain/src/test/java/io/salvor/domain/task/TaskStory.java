package io.salvor.domain.task;

import static io.salvor.domain.task.Samples.ANN;
import static io.salvor.domain.task.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.recovery.Matrix;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.time.Now;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One task, driven along by the real deciders. Every step must be accepted; [#ask] and [#see] try
/// without taking.
public final class TaskStory {
  private final ObservationDecider observations =
      new ObservationDecider(StartPolicy.DEFAULT, new Matrix());
  private final List<Recorded> log = new ArrayList<>();
  private List<TaskFact> lastFacts = List.of();
  private Task task;
  private Now now = START;
  private long nextSeq = 1;

  private TaskStory(TaskSpec spec, List<TaskId> unmerged, boolean dispatch) {
    var create = new TaskCommand.Create(Samples.id(1), spec, "brief", 0, dispatch);
    var first = (Outcome.Accepted) TaskDecider.create(create, ANN, now, nextSeq, 1, unmerged);
    task = first.task();
    note(first);
  }

  public static TaskStory added() {
    return added(Samples.spec());
  }

  public static TaskStory added(TaskSpec spec) {
    return new TaskStory(spec, spec.dependsOn(), false);
  }

  public static TaskStory addedAndDispatched(TaskSpec spec) {
    return new TaskStory(spec, spec.dependsOn(), true);
  }

  /// Added, dispatched, claimed, prepared and spawned.
  public static TaskStory running() {
    return running(Samples.spec());
  }

  public static TaskStory running(TaskSpec spec) {
    return addedAndDispatched(spec).claim().see(Samples.preparedReady()).see(Samples.spawned());
  }

  /// Run to its end by itself, with an agent that said this and exited with 0.
  public static TaskStory finished(AgentEvent... events) {
    return running().output(events).see(new Finding.Exited()).see(Samples.gone(Samples.exited(0)));
  }

  /// An attempt that succeeded; its work waits for a verdict.
  public static TaskStory inReview() {
    return finished(Samples.lastWord(0, AgentEvent.Verdict.SUCCESS));
  }

  public Task task() {
    return task;
  }

  public TaskState state() {
    return task.state();
  }

  public Now now() {
    return now;
  }

  public long nextSeq() {
    return nextSeq;
  }

  /// All facts so far.
  public List<Recorded> log() {
    return log;
  }

  /// What the last step wrote.
  public List<TaskFact> lastFacts() {
    return lastFacts;
  }

  public TaskStory after(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  /// What would follow from a command.
  public Outcome asking(Actor actor, TaskCommand command) {
    return asking(actor, command, List.of());
  }

  /// What would follow from a command.
  ///
  /// @param unmerged those of the dependencies that it names that are not merged
  public Outcome asking(Actor actor, TaskCommand command, List<TaskId> unmerged) {
    return TaskDecider.decide(task, command, actor, now, nextSeq, unmerged, new Matrix());
  }

  /// What would follow from a finding made just now.
  public Outcome seeing(Finding finding) {
    return seeing(finding, task.since());
  }

  public Outcome seeing(Finding finding, long asOf) {
    return observations.decide(task, new Observation(task.id(), asOf, finding), now, nextSeq);
  }

  public Refusal refusal(Actor actor, TaskCommand command) {
    Outcome outcome = asking(actor, command);
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused) outcome).refusal();
  }

  public TaskStory ask(TaskCommand command) {
    return ask(ANN, command);
  }

  public TaskStory ask(Actor actor, TaskCommand command) {
    return take(asking(actor, command));
  }

  public TaskStory edit(Change... changes) {
    return ask(new TaskCommand.Edit(task.id(), List.of(changes), Optional.empty()));
  }

  /// Makes it depend on these, none of them merged.
  public TaskStory waitFor(TaskId... tasks) {
    return take(
        asking(
            ANN,
            new TaskCommand.Edit(
                task.id(), List.of(new Change.DependsOn(List.of(tasks))), Optional.empty()),
            List.of(tasks)));
  }

  public TaskStory see(Finding finding) {
    return take(seeing(finding));
  }

  /// The agent goes on where it stopped, ten bytes for each event.
  public TaskStory output(AgentEvent... events) {
    return events.length == 0
        ? this
        : see(new Finding.Output(Samples.batch(task.progress().offset(), events)));
  }

  public TaskStory output(OutputBatch batch) {
    return see(new Finding.Output(batch));
  }

  public TaskStory claim() {
    return take(TaskDecider.claim(task, now, nextSeq));
  }

  public TaskStory freeze() {
    return take(TaskDecider.freeze(task, "too hot", ANN, now, nextSeq).orElseThrow());
  }

  public TaskStory wake() {
    return take(TaskDecider.wake(task, now, nextSeq));
  }

  public TaskStory dependencyMet(TaskId dependency) {
    return take(TaskDecider.dependencyMet(task, dependency, now, nextSeq));
  }

  public TaskStory dispatch() {
    return ask(new TaskCommand.Dispatch(task.id(), StartMode.FRESH, Optional.empty()));
  }

  public TaskStory dispatchResume() {
    return ask(new TaskCommand.Dispatch(task.id(), StartMode.RESUME, Optional.empty()));
  }

  public TaskStory approve(Actor actor) {
    return ask(
        actor,
        new TaskCommand.Approve(task.id(), Optional.empty(), Samples.clean(), "fine", false));
  }

  public TaskStory mergeAndPush() {
    return ask(new TaskCommand.Merge(task.id(), Optional.of("origin")));
  }

  public TaskStory merge() {
    return ask(new TaskCommand.Merge(task.id()));
  }

  private TaskStory take(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    var accepted = (Outcome.Accepted) outcome;
    task = accepted.task();
    note(accepted);
    return this;
  }

  private void note(Outcome.Accepted accepted) {
    nextSeq += accepted.facts().size();
    log.addAll(accepted.facts());
    lastFacts = accepted.facts().stream().map(Recorded::fact).toList();
  }
}
