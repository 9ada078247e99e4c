package io.salvor.domain.task;

import static io.salvor.domain.task.Samples.ANN;
import static io.salvor.domain.task.Samples.BOB;
import static io.salvor.domain.task.Samples.clean;
import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.gone;
import static io.salvor.domain.task.Samples.id;
import static io.salvor.domain.task.Samples.lastWord;
import static io.salvor.domain.task.Samples.said;
import static io.salvor.domain.task.Samples.usd;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.ShimStop;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.PushOutcome;
import io.salvor.domain.workspace.WorkspaceProblem;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Everything that can reach a task, by name.
final class Stimuli {
  private static final Actor AGENT = Actor.agent("claude");

  private Stimuli() {}

  /// An input; empty where the engine would never offer it to this task.
  record Stimulus(String name, boolean command, Function<TaskStory, Optional<Outcome>> apply) {}

  static List<Stimulus> all() {
    var all = new ArrayList<>(commands());
    all.addAll(ofTheEngine());
    all.addAll(findings());
    return all;
  }

  static List<Stimulus> commands() {
    return List.of(
        command("dispatch", dispatch(StartMode.FRESH, Optional.empty())),
        command("dispatch --resume", dispatch(StartMode.RESUME, Optional.empty())),
        command("dispatch --resume --budget 9", dispatch(StartMode.RESUME, Optional.of(9.0))),
        command("resume", new TaskCommand.Resume(id(1), Optional.empty())),
        command("resume --budget 9", new TaskCommand.Resume(id(1), Optional.of(usd(9)))),
        command("answer", new TaskCommand.Answer(id(1), "the first", Optional.empty())),
        command("answer --budget 9", new TaskCommand.Answer(id(1), "both", Optional.of(usd(9)))),
        command("debug", new TaskCommand.OpenShell(id(1), List.of("sh"))),
        command("done", done(false, clean())),
        command("done, files uncommitted", done(false, Samples.dirty())),
        command("done --force, files uncommitted", done(true, Samples.dirty())),
        command("done, no branch", done(false, WorkspaceSummary.NONE)),
        command("salvage", salvage(Samples.dirty())),
        command("salvage, nothing left", salvage(WorkspaceSummary.NONE)),
        command("approve", BOB, approve(clean(), false)),
        command("approve by the agent", AGENT, approve(clean(), false)),
        command("approve, branch moved", BOB, approve(clean(Samples.NEWER_HEAD), false)),
        command("approve, no branch", BOB, approve(WorkspaceSummary.NONE, false)),
        command("approve --merge", BOB, approve(clean(), true)),
        command("merge", new TaskCommand.Merge(id(1))),
        command("merge --push", new TaskCommand.Merge(id(1), Optional.of("origin"))),
        command("reject", BOB, new TaskCommand.Reject(id(1), "no")),
        command("reject by the agent", AGENT, new TaskCommand.Reject(id(1), "no")),
        command("reopen", new TaskCommand.Reopen(id(1), "again")),
        command("retry", new TaskCommand.Retry(id(1), "mended")),
        command("retry --fresh --budget 9", retryAfresh()),
        command("reset", new TaskCommand.Reset(id(1), "wrong way", Samples.dirty())),
        command("verify", new TaskCommand.Verify(id(1), clean())),
        command("verify, workspace gone", new TaskCommand.Verify(id(1), WorkspaceSummary.NONE)),
        command("pause", new TaskCommand.Pause(id(1), "later")),
        command("cancel", new TaskCommand.Cancel(id(1), "no")),
        command("skip", new TaskCommand.Skip(id(1), "no")),
        edit("edit recovery", new Change.Recovering(new Recovery(Recovery.Mode.AUTO, 7, 1, 0))),
        edit("edit title", new Change.Title("Mend the gate")),
        edit("edit brief", new Change.Brief("another")),
        edit("edit agent", new Change.Worker(Samples.COMMAND)),
        edit("edit deadline", new Change.TimeLimit(Change.Timer.DEADLINE, Duration.ofHours(9))),
        edit("edit budget", new Change.Cost(Optional.of(usd(9)))),
        edit("edit base", new Change.Base(Optional.of("v1"))),
        edit("edit target", new Change.Target(Optional.of("release"))),
        dependsOn("edit dependencies", List.of(id(4)), List.of(id(4))),
        dependsOn("edit dependencies, all merged", List.of(id(4)), List.of()),
        command("comment", new TaskCommand.Comment(id(1), "hm")),
        command("workspace removed", new TaskCommand.NoteWorkspaceRemoved(id(1))),
        command("add again", new TaskCommand.Create(id(1), Samples.spec(), "", 0, false)));
  }

  private static List<Stimulus> ofTheEngine() {
    return List.of(
        new Stimulus("admission", false, Stimuli::claim),
        new Stimulus("wake-up", false, Stimuli::wake),
        new Stimulus("hard freeze", false, Stimuli::freeze),
        new Stimulus("a dependency is merged", false, Stimuli::dependencyMet));
  }

  private static List<Stimulus> findings() {
    return List.of(
        finding("workspace made", Samples.preparedReady()),
        finding("workspace refused", Samples.preparedRefused(WorkspaceProblem.Kind.DISK_FULL)),
        finding(
            "workspace refused for good",
            Samples.preparedRefused(WorkspaceProblem.Kind.FOREIGN_OWNER)),
        finding("agent started", Samples.spawned()),
        finding("agent not started", Samples.spawnRefused(Spawn.Kind.WORKSPACE_LOCKED)),
        finding("agent cannot be started", Samples.spawnRefused(Spawn.Kind.PROGRAM_MISSING)),
        finding("agent found running again", new Finding.Followed()),
        output("output", story -> said(offset(story))),
        output("output: success", story -> lastWord(offset(story), Verdict.SUCCESS)),
        output("output: a question", story -> new AgentEvent.Asked(line(story), "Which one?")),
        output("output: money spent", story -> Samples.costs(offset(story), 5.01)),
        new Stimulus(
            "output: the same result once more",
            false,
            story ->
                Optional.of(
                    story.seeing(
                        new Finding.Output(Samples.batch(offset(story), Samples.returned(9)))))),
        output("output from elsewhere", _ -> said(7_777)),
        finding("agent left", new Finding.Exited()),
        finding("silence", new Finding.LimitReached(StopCause.SILENCE)),
        finding("last word lingers", new Finding.LimitReached(StopCause.RESULT_LINGERS)),
        finding("proof of the end, status 0", gone(exited(0))),
        finding("proof of the end, status 1", gone(exited(1))),
        finding("proof of the end, stopped by us", gone(Samples.stoppedAt(10))),
        finding("proof of the end, nothing known", gone(nothingKnown())),
        finding(
            "proof of the end, status 0, branch gone",
            new Finding.Gone(exited(0), WorkspaceSummary.NONE)),
        finding(
            "proof of the end, status 1, workspace unreadable",
            new Finding.GoneUnread(exited(1), "git does not answer")),
        finding("what was left is saved", new Finding.Saved(Samples.NEWER_HEAD)),
        finding("gates passed", new Finding.GatesRan(Optional.empty())),
        finding("gates failed", new Finding.GatesRan(Optional.of("make check"))),
        finding("gates run by hand", new Finding.Checked(List.of(new GateRun("make", "", "ok")))),
        finding("workspace put back", new Finding.PutBack(Optional.empty())),
        finding("workspace not put back", new Finding.PutBack(Optional.of("somebody is in it"))),
        merge("merged", new MergeOutcome.Merged("d".repeat(40))),
        merge("merge conflict", new MergeOutcome.Conflict(List.of("fence.txt"))),
        merge("dirty overlap", new MergeOutcome.DirtyOverlap(List.of("fence.txt"))),
        merge("merge gate failed", new MergeOutcome.GatesFailed("make check")),
        merge("target moved", new MergeOutcome.TargetMoved("d".repeat(40))),
        merge("branch moved", new MergeOutcome.Diverged(Samples.NEWER_HEAD)),
        merge("branch gone", new MergeOutcome.Gone("task/TASK-0001")),
        merge("git failed", new MergeOutcome.Failed("no")),
        finding("pushed", new Finding.PushTried(new PushOutcome.Pushed())),
        finding("push refused", new Finding.PushTried(new PushOutcome.Refused("closed"))),
        new Stimulus(
            "anything seen under an older state",
            false,
            story -> Optional.of(story.seeing(new Finding.Exited(), story.task().since() - 1))));
  }

  /// The host is up, and neither agent nor shim left a word.
  private static Evidence nothingKnown() {
    return new Evidence(new Exit.Unknown(), false, true, 1_000_000, false, ShimStop.NONE, 0);
  }

  private static TaskCommand dispatch(StartMode mode, Optional<Double> budget) {
    return new TaskCommand.Dispatch(id(1), mode, budget.map(Samples::usd));
  }

  private static TaskCommand done(boolean force, WorkspaceSummary workspace) {
    return new TaskCommand.Done(id(1), "done", force, workspace);
  }

  private static TaskCommand retryAfresh() {
    return new TaskCommand.Retry(id(1), "mended", true, Optional.of(usd(9)), List.of());
  }

  private static TaskCommand salvage(WorkspaceSummary workspace) {
    return new TaskCommand.Salvage(id(1), "saved", Optional.empty(), workspace);
  }

  private static TaskCommand approve(WorkspaceSummary workspace, boolean merge) {
    return new TaskCommand.Approve(id(1), Optional.empty(), workspace, "fine", merge);
  }

  private static long offset(TaskStory story) {
    return story.task().progress().offset();
  }

  private static ByteRange line(TaskStory story) {
    return Samples.line(offset(story));
  }

  private static Stimulus command(String name, TaskCommand command) {
    return command(name, ANN, command);
  }

  private static Stimulus command(String name, Actor actor, TaskCommand command) {
    return new Stimulus(name, true, story -> Optional.of(story.asking(actor, command)));
  }

  private static Stimulus edit(String name, Change change) {
    return command(name, new TaskCommand.Edit(id(1), List.of(change), Optional.empty()));
  }

  private static Stimulus dependsOn(String name, List<TaskId> tasks, List<TaskId> unmerged) {
    var edit = new TaskCommand.Edit(id(1), List.of(new Change.DependsOn(tasks)), Optional.empty());
    return new Stimulus(name, true, story -> Optional.of(story.asking(ANN, edit, unmerged)));
  }

  private static Stimulus finding(String name, Finding finding) {
    return new Stimulus(name, false, story -> Optional.of(story.seeing(finding)));
  }

  private static Stimulus output(String name, Function<TaskStory, AgentEvent> event) {
    return new Stimulus(
        name,
        false,
        story -> {
          AgentEvent said = event.apply(story);
          return Optional.of(
              story.seeing(new Finding.Output(Samples.batch(said.at().offset(), said))));
        });
  }

  private static Stimulus merge(String name, MergeOutcome outcome) {
    return finding(name, new Finding.MergeTried(outcome));
  }

  private static Optional<Outcome> claim(TaskStory story) {
    return story.state() instanceof TaskState.Queued
        ? Optional.of(TaskDecider.claim(story.task(), story.now(), story.nextSeq()))
        : Optional.empty();
  }

  private static Optional<Outcome> wake(TaskStory story) {
    return story.state() instanceof TaskState.Ready ready && ready.wakeUp().isPresent()
        ? Optional.of(TaskDecider.wake(story.task(), story.now(), story.nextSeq()))
        : Optional.empty();
  }

  private static Optional<Outcome> freeze(TaskStory story) {
    return TaskDecider.freeze(story.task(), "too hot", ANN, story.now(), story.nextSeq())
        .map(it -> it);
  }

  private static Optional<Outcome> dependencyMet(TaskStory story) {
    return story.state() instanceof TaskState.Pending
        ? Optional.of(TaskDecider.dependencyMet(story.task(), id(2), story.now(), story.nextSeq()))
        : Optional.empty();
  }
}
