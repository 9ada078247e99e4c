package io.salvor.domain.task;

import static io.salvor.domain.task.Samples.ANN;
import static io.salvor.domain.task.Samples.BOB;
import static io.salvor.domain.task.Samples.costs;
import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.gone;
import static io.salvor.domain.task.Samples.id;
import static io.salvor.domain.task.Samples.lastWord;
import static io.salvor.domain.task.Samples.said;
import static io.salvor.domain.task.Samples.spec;
import static io.salvor.domain.task.Samples.specFor;
import static io.salvor.domain.task.Samples.specWaitingFor;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.workspace.BroughtIn;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.WorkspaceProblem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A task in every state there is, and in every condition in which a state behaves differently.
final class Examples {
  static final BroughtIn CONFLICTS =
      new BroughtIn.Conflicts(Samples.HEAD, "d".repeat(40), List.of("fence.txt"));

  private Examples() {}

  /// A task, and what is special about it where its state alone does not say.
  record Example(String condition, TaskStory story) {
    TaskState.Kind kind() {
      return story.task().kind();
    }
  }

  static List<Example> all() {
    return List.of(
        plain(TaskStory.added(specWaitingFor(id(2)))),
        with("to be dispatched", TaskStory.addedAndDispatched(specWaitingFor(id(2)))),
        with("waits for two", TaskStory.addedAndDispatched(specWaitingFor(id(2), id(3)))),
        plain(TaskStory.added()),
        with("parked", startRefused(1)),
        with("parked for a retry", retried()),
        with("worked on before", failed().ask(new TaskCommand.Reopen(id(1), "again"))),
        with("being put back to its base", reset()),
        with("put back to its base", reset().see(new Finding.PutBack(Optional.empty()))),
        plain(TaskStory.addedAndDispatched(spec())),
        with("no workspace yet", TaskStory.addedAndDispatched(spec()).claim()),
        with("workspace stands", prepared()),
        plain(TaskStory.running()),
        with("about to do the same for the tenth time", looping()),
        with("last word said", TaskStory.running().output(lastWord(0, Verdict.SUCCESS))),
        with("nothing said", stopping()),
        with("success said", stopping(lastWord(0, Verdict.SUCCESS))),
        with("success said, gates", gated()),
        with("error said", stopping(lastWord(0, Verdict.ERROR))),
        with("reload asked", stopping(new AgentEvent.ReloadAsked(Samples.line(0)))),
        with("question asked", asked()),
        with("money spent", spent()),
        with("deadline", TaskStory.running().see(new Finding.LimitReached(StopCause.DEADLINE))),
        with("to be cancelled", TaskStory.running().ask(new TaskCommand.Cancel(id(1), "no"))),
        with("to be paused", TaskStory.running().ask(new TaskCommand.Pause(id(1), "later"))),
        with("frozen hard", TaskStory.running().freeze()),
        with("to be paused, success said", pausedAfterSuccess()),
        with("start failed", stoppingStart(false, 0)),
        with("start failed for the fifth time", stoppingStart(false, 4)),
        with("start failed for good", stoppingStart(true, 0)),
        with("success said, conflicts left", resolved()),
        with("work left, retried by itself", auto().output(said(0)).see(new Finding.Exited())),
        with("work left, retries used up", retriedOut()),
        with("provider away, waited for by itself", away()),
        with("loop", looping().output(Samples.returned(9))),
        with("repair left", gated().see(gone(exited(0)))),
        with("salvage", salvaged()),
        with("gates run by hand", verified()),
        with("no repair left", unrepaired().see(gone(exited(0)))),
        plain(TaskStory.inReview()),
        plain(TaskStory.inReview().approve(BOB)),
        with("no target", withoutTarget().approve(BOB)),
        with("merge refused", mergeRefused()),
        with("merge refused by a gate", mergeRefusedByGate()),
        plain(TaskStory.inReview().approve(BOB).merge()),
        with("to be pushed", TaskStory.inReview().approve(BOB).mergeAndPush()),
        plain(merged()),
        with("push under way", pushing()),
        plain(asked().see(gone(Samples.stoppedAt(10)))),
        plain(TaskStory.added().ask(new TaskCommand.Pause(id(1), "later"))),
        with("worked on before", spent().see(gone(Samples.stoppedAt(10)))),
        plain(
            unrepaired().see(gone(exited(0))).see(new Finding.GatesRan(Optional.of("make check")))),
        plain(failed()),
        with("never started", stoppingStart(true, 0).see(gone(Samples.neverRan()))),
        plain(TaskStory.inReview().ask(BOB, new TaskCommand.Reject(id(1), "no"))),
        plain(TaskStory.added().ask(new TaskCommand.Cancel(id(1), "no"))),
        plain(TaskStory.added().ask(new TaskCommand.Skip(id(1), "no"))));
  }

  static TaskStory prepared() {
    return TaskStory.addedAndDispatched(spec()).claim().see(Samples.preparedReady());
  }

  /// An attempt that ended by itself after saying this; what it left is not known yet.
  static TaskStory stopping(AgentEvent... events) {
    return TaskStory.running().output(events).see(new Finding.Exited());
  }

  static TaskStory gated() {
    return TaskStory.running(specFor(Samples.CLAUDE, Limits.DEFAULT, List.of("make check")))
        .output(lastWord(0, Verdict.SUCCESS))
        .see(new Finding.Exited());
  }

  /// One whose remedies are taken by themselves.
  static TaskStory auto() {
    return TaskStory.running(autoSpec());
  }

  static TaskSpec autoSpec() {
    return spec().withRecovery(Recovery.DEFAULT.with(Recovery.Mode.AUTO));
  }

  /// It broke off, with work, and goes on by itself after a while.
  static TaskStory retried() {
    return auto().output(said(0)).see(new Finding.Exited()).see(gone(exited(1)));
  }

  static TaskStory salvaged() {
    return failed().ask(new TaskCommand.Salvage(id(1), "saved", Optional.empty(), Samples.dirty()));
  }

  private static TaskStory retriedOut() {
    return TaskStory.running(spec().withRecovery(new Recovery(Recovery.Mode.AUTO, 0, 0, 10)))
        .output(said(0))
        .see(new Finding.Exited());
  }

  private static TaskStory away() {
    return auto().output(lastWord(0, Verdict.PROVIDER_OUTAGE)).see(new Finding.Exited());
  }

  /// Nine times the same with the same result, and the tenth call is open.
  static TaskStory looping() {
    TaskStory story = TaskStory.running();
    for (int i = 0; i < 9; i++) {
      story.output(Samples.called(i), Samples.returned(i));
    }
    return story.output(Samples.called(9));
  }

  static TaskStory unrepaired() {
    return TaskStory.running(
            specFor(Samples.CLAUDE, Limits.DEFAULT, List.of("make check"))
                .withRecovery(Recovery.DEFAULT.withoutRetries()))
        .output(lastWord(0, Verdict.SUCCESS))
        .see(new Finding.Exited());
  }

  static TaskStory asked() {
    return TaskStory.running().output(new AgentEvent.Asked(Samples.line(0), "Which one?"));
  }

  static TaskStory spent() {
    return TaskStory.running().output(costs(0, 5.01));
  }

  static TaskStory failed() {
    return TaskStory.running().output(said(0)).see(new Finding.Exited()).see(gone(exited(1)));
  }

  static TaskStory pushing() {
    return TaskStory.inReview()
        .approve(BOB)
        .mergeAndPush()
        .see(new Finding.MergeTried(new MergeOutcome.Merged("d".repeat(40))));
  }

  static TaskStory reset() {
    return failed().ask(new TaskCommand.Reset(id(1), "wrong way", Samples.dirty()));
  }

  /// In review, with gates that a person has run.
  static TaskStory verified() {
    return gated()
        .see(gone(exited(0)))
        .see(new Finding.GatesRan(Optional.empty()))
        .ask(new TaskCommand.Verify(id(1), Samples.clean()));
  }

  static TaskStory mergeRefusedByGate() {
    return TaskStory.inReview()
        .approve(BOB)
        .merge()
        .see(new Finding.MergeTried(new MergeOutcome.GatesFailed("gate `make check` failed")));
  }

  static TaskStory merged() {
    return TaskStory.inReview()
        .approve(BOB)
        .merge()
        .see(new Finding.MergeTried(new MergeOutcome.Merged("d".repeat(40))));
  }

  /// Parked after `times` starts that failed one after the other.
  static TaskStory startRefused(int times) {
    TaskStory story = TaskStory.addedAndDispatched(spec());
    for (int i = 0; i < times; i++) {
      if (i > 0) {
        story.after(Duration.ofMinutes(6)).wake();
      }
      story
          .claim()
          .see(Samples.preparedRefused(WorkspaceProblem.Kind.LOCKED))
          .see(gone(Samples.neverRan()));
    }
    return story;
  }

  private static TaskStory stoppingStart(boolean permanent, int failedBefore) {
    TaskStory story =
        failedBefore == 0
            ? TaskStory.addedAndDispatched(spec())
            : startRefused(failedBefore).after(Duration.ofMinutes(6)).wake();
    return story
        .claim()
        .see(Samples.preparedReady())
        .see(
            Samples.spawnRefused(
                permanent ? Spawn.Kind.PROGRAM_MISSING : Spawn.Kind.WORKSPACE_LOCKED));
  }

  private static TaskStory pausedAfterSuccess() {
    return TaskStory.running()
        .output(lastWord(0, Verdict.SUCCESS))
        .ask(new TaskCommand.Pause(id(1), "later"));
  }

  static TaskStory mergeRefused() {
    return TaskStory.inReview()
        .approve(BOB)
        .merge()
        .see(new Finding.MergeTried(new MergeOutcome.Conflict(List.of("fence.txt"))));
  }

  /// A merge that met a conflict, and an agent that is to resolve it.
  static TaskStory resolving() {
    return mergeRefused()
        .dispatchResume()
        .claim()
        .see(Samples.preparedWith(CONFLICTS))
        .see(Samples.spawned());
  }

  private static TaskStory resolved() {
    return resolving().output(lastWord(0, Verdict.SUCCESS)).see(new Finding.Exited());
  }

  private static TaskStory withoutTarget() {
    return TaskStory.added(Samples.specWithoutTarget())
        .ask(ANN, new TaskCommand.Done(id(1), "by hand", false, Samples.clean()));
  }

  private static Example plain(TaskStory story) {
    return with("", story);
  }

  private static Example with(String condition, TaskStory story) {
    return new Example(condition, story);
  }
}
