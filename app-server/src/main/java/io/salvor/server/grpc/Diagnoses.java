package io.salvor.server.grpc;

import io.salvor.domain.agent.Protocol;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Task;
import io.salvor.domain.workspace.DiffScope;
import io.salvor.domain.workspace.WorkspaceSummary;
import io.salvor.domain.workspace.WorkspacesUnavailable;
import io.salvor.records.RecordCodec;
import io.salvor.server.engine.World;
import io.salvor.v1.AttemptSummary;
import io.salvor.v1.Diagnosis;
import io.salvor.v1.NextStep;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happened to a task, how its last attempt ended, what is left of it, and what to do next.
final class Diagnoses {
  private static final Logger log = LoggerFactory.getLogger(Diagnoses.class);

  /// Bytes of the list of changed files.
  private static final int MOST_CHANGED = 4_096;

  private final RecordReader records;
  private final World world;
  private final OutputTail tail;
  private final Sentences sentences;
  private final TaskMessages messages;

  Diagnoses(
      RecordReader records,
      World world,
      OutputTail tail,
      Sentences sentences,
      TaskMessages messages) {
    this.messages = messages;
    this.records = records;
    this.world = world;
    this.tail = tail;
    this.sentences = sentences;
  }

  Diagnosis of(Task task) {
    var timeline = new Timeline();
    Optional<LastAttempt> last =
        task.attempts().isEmpty()
            ? Optional.empty()
            : Optional.of(new LastAttempt(task.attempts().getLast()));
    records.each(
        task.id(),
        Long.MAX_VALUE,
        stored -> {
          timeline.take(stored);
          last.ifPresent(it -> it.take(RecordCodec.decode(stored).ofTask().orElseThrow()));
        });
    WorkspaceSummary workspace = world.workspaces().inspect(task.workspaceOrder(world.lineage()));
    var diagnosis =
        Diagnosis.newBuilder()
            .setTask(messages.of(task))
            .setWorkspace(AttemptMessages.workspace(withSnapshot(task, workspace)))
            .setSummary(summary(task, workspace))
            .addAllTimeline(timeline.lines())
            .addAllNextSteps(nextSteps(task));
    if (last.isPresent()) {
      diagnosis.setEnding(AttemptMessages.ending(task.attempts().getLast().ending()));
      last.get().evidence().ifPresent(diagnosis::setEvidence);
      last.get().summary().map(it -> withChanges(task, it)).ifPresent(diagnosis::setAttemptSummary);
      Remedies.of(task).ifPresent(it -> diagnosis.setRemedy(Remedies.message(task, it)));
    }
    if (task.lastAttempt() > 0 && !saidAll(task)) {
      diagnosis.addAllOutputTail(tail.of(task.id(), task.lastAttempt()));
    }
    return diagnosis.build();
  }

  /// Whether the timeline has all that the last attempt wrote: a success, told in messages.
  private static boolean saidAll(Task task) {
    PastAttempt last = task.attempts().isEmpty() ? null : task.attempts().getLast();
    return last != null
        && last.ref().number() == task.lastAttempt()
        && last.ending().reason() == Ending.Reason.SUCCESS
        && last.protocol() != Protocol.COMMAND;
  }

  private static WorkspaceSummary withSnapshot(Task task, WorkspaceSummary found) {
    return new WorkspaceSummary(
        found.present(),
        found.head(),
        found.commitsAhead(),
        found.uncommittedFiles(),
        task.lastSummary().snapshot());
  }

  private String summary(Task task, WorkspaceSummary workspace) {
    if (task.attempts().isEmpty()) {
      return task.display() + " is " + task.kind() + ": " + sentences.detail(task) + ".";
    }
    PastAttempt last = task.attempts().getLast();
    String ended =
        "Attempt "
            + last.ref().number()
            + " of "
            + last.agent()
            + " ended with "
            + sentence(Sentences.ending(last.ending()))
            + " ";
    String left =
        workspace.present()
            ? "In its workspace: "
                + Counted.of(workspace.commitsAhead(), "commit")
                + ", "
                + Counted.of(workspace.uncommittedFiles(), "uncommitted file")
                + "."
            : "Its workspace is not there"
                + (workspace.head().isPresent() ? "; its branch is." : ", nor is its branch.");
    return ended + left;
  }

  /// What it changed is asked of git only where it was ended for its time.
  private AttemptSummary withChanges(Task task, AttemptSummary summary) {
    return summary.getTimedOut()
        ? summary.toBuilder().setChanged(changed(task, task.attempts().getLast())).build()
        : summary;
  }

  private String changed(Task task, PastAttempt last) {
    Optional<String> tip = last.workspace().snapshot().or(last.workspace()::head);
    if (tip.isEmpty()) {
      return "";
    }
    var text = new ByteArrayOutputStream();
    var scope = new DiffScope.Between(Optional.empty(), tip.get());
    try {
      world
          .workspaces()
          .diff(task.workspaceOrder(world.lineage()), scope, true, piece -> append(piece, text));
    } catch (WorkspacesUnavailable gone) {
      log.debug("what {} changed cannot be told any more: {}", task.display(), gone.toString());
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private static void append(byte[] piece, ByteArrayOutputStream text) {
    text.write(piece, 0, Math.min(piece.length, MOST_CHANGED - text.size()));
  }

  /// With a full stop, unless what somebody wrote ends with one.
  private static String sentence(String text) {
    return text.matches("(?s).*[.!?…]") ? text : text + ".";
  }

  private List<NextStep> nextSteps(Task task) {
    var steps = new ArrayList<NextStep>();
    String id = task.display().toString();
    switch (task.kind()) {
      case FAILED, NEEDS_FIX, REJECTED, PAUSED, BLOCKED -> {
        Optional<NextStep> advised = advised(task);
        advised.ifPresent(steps::add);
        String resume = "salvor task dispatch --resume " + id;
        if (task.lastStarted().isPresent()
            && advised.filter(it -> it.getCommand().equals(resume)).isEmpty()) {
          steps.add(step(resume, "goes on in the same workspace, with its commits and files"));
        }
        String afresh = "salvor task reopen " + id + " && salvor task dispatch " + id;
        if (advised.filter(it -> it.getCommand().equals(afresh)).isEmpty()) {
          steps.add(step(afresh, "begins afresh; earlier work is kept under refs/salvor/" + id));
        }
        steps.add(step("salvor task cancel " + id, "gives it up; its work is kept"));
      }
      case REVIEW -> {
        steps.add(step("salvor task diff " + id, "shows the work"));
        steps.add(
            step(
                "SALVOR_ACTOR=user:REVIEWER salvor task approve --merge " + id,
                "accepts and merges it, by somebody who did not do it"));
      }
      default -> {
        String next = sentences.nextCommand(task);
        if (next.contains("dispatch --resume")) {
          return resolving(task);
        }
        if (!next.isEmpty()) {
          steps.add(step(next, sentences.detail(task)));
        }
      }
    }
    return steps;
  }

  /// What the matrix says first.
  private static Optional<NextStep> advised(Task task) {
    return Remedies.of(task)
        .map(advice -> step(Remedies.command(task, advice), advice.why()))
        .filter(it -> !it.getCommand().isEmpty());
  }

  private static List<NextStep> resolving(Task task) {
    String id = task.display().toString();
    return List.of(
        step(
            "salvor task dispatch --resume " + id,
            "brings the target in and has the agent resolve the conflicts; then it is judged again"),
        step(
            "cd \"$(salvor workspace path "
                + id
                + ")\" && git merge "
                + task.spec().target().orElse(""),
            "to resolve them by hand; then `salvor task merge " + id + "` asks for a new verdict"));
  }

  private static NextStep step(String command, String why) {
    return NextStep.newBuilder().setCommand(command).setWhy(why).build();
  }
}
