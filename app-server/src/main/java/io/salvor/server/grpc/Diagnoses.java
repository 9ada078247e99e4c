package io.salvor.server.grpc;

import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.ShimStop;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.workspace.DiffScope;
import io.salvor.domain.workspace.WorkspaceSummary;
import io.salvor.domain.workspace.WorkspacesUnavailable;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoredRecord;
import io.salvor.records.ThreadFold;
import io.salvor.server.engine.World;
import io.salvor.v1.AttemptSummary;
import io.salvor.v1.Diagnosis;
import io.salvor.v1.NextStep;
import io.salvor.v1.TimelineEntry;
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

  /// Records that a timeline shows; of a longer one, the first and the last.
  private static final int TIMELINE = 400;

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
    List<StoredRecord> thread = records.all(task.id());
    WorkspaceSummary workspace = world.workspaces().inspect(task.workspaceOrder(world.lineage()));
    var diagnosis =
        Diagnosis.newBuilder()
            .setTask(messages.of(task))
            .setWorkspace(AttemptMessages.workspace(withSnapshot(task, workspace)))
            .setSummary(summary(task, workspace))
            .addAllTimeline(timeline(thread))
            .addAllNextSteps(nextSteps(task));
    if (!task.attempts().isEmpty()) {
      PastAttempt last = task.attempts().getLast();
      diagnosis.setEnding(AttemptMessages.ending(last.ending()));
      evidence(thread, last).ifPresent(diagnosis::setEvidence);
      summary(task, thread, last).ifPresent(diagnosis::setAttemptSummary);
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
        && task.spec().agent().protocol() != Protocol.COMMAND;
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
            + task.spec().agent().name()
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

  /// What it did with its time; what it changed is asked of git only where it was ended for that.
  private Optional<AttemptSummary> summary(Task task, List<StoredRecord> thread, PastAttempt last) {
    List<Recorded> told =
        thread.stream().map(it -> RecordCodec.decode(it).ofTask().orElseThrow()).toList();
    return AttemptSummaries.of(told, last)
        .map(it -> it.getTimedOut() ? it.toBuilder().setChanged(changed(task, last)).build() : it);
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

  private static List<TimelineEntry> timeline(List<StoredRecord> thread) {
    var lines = new ArrayList<TimelineEntry>();
    var fold = new ThreadFold();
    TaskState.Kind before = null;
    for (StoredRecord stored : thread) {
      fold.add(stored);
      Entry entry = RecordCodec.decode(stored);
      Task after = fold.thread().orElseThrow().task();
      TaskFact fact = entry.ofTask().orElseThrow().fact();
      var line =
          TimelineEntry.newBuilder()
              .setSeq(entry.seq())
              .setTime(Names.time(entry.at()))
              .setActor(entry.actor().value())
              .setKind(stored.readHeader().getKind())
              .setAttempt(entry.attemptEpoch() == 0 ? 0 : after.lastAttempt())
              .setText(FactLine.of(fact));
      if (after.kind() != before) {
        line.setState(TaskMessages.state(after.kind()));
        before = after.kind();
      }
      lines.add(line.build());
    }
    if (lines.size() <= TIMELINE) {
      return lines;
    }
    var ends = new ArrayList<>(lines.subList(0, TIMELINE / 4));
    ends.addAll(lines.subList(lines.size() - TIMELINE * 3 / 4, lines.size()));
    return ends;
  }

  private static Optional<io.salvor.v1.Evidence> evidence(
      List<StoredRecord> thread, PastAttempt last) {
    for (StoredRecord stored : thread.reversed()) {
      if (RecordCodec.decode(stored).ofTask().orElseThrow().fact()
              instanceof TaskFact.AttemptEnded ended
          && ended.attempt().equals(last.ref())) {
        return ended.evidence().map(it -> message(it, last));
      }
    }
    return Optional.empty();
  }

  private static io.salvor.v1.Evidence message(Evidence evidence, PastAttempt last) {
    var message =
        io.salvor.v1.Evidence.newBuilder()
            .setAttempt(last.ref().number())
            .setOomKilled(evidence.oomKilled())
            .setHostRestarted(!evidence.sameBoot())
            .setReadFailed(evidence.readFailed())
            .setEndedAtDeadline(evidence.shimStop() == ShimStop.DEADLINE)
            .setWindowClosed(evidence.shimStop() == ShimStop.WINDOW_CLOSED)
            .setSurvivorsKilled(evidence.survivorsKilled())
            .setResultSeen(last.progress().terminal().isPresent())
            .setOpenTool(last.progress().openTool().map(it -> it.tool()).orElse(""))
            .setOutputBytes(last.progress().offset());
    if (evidence.exit() instanceof Exit.Status status) {
      message.setExitStatus(status.value());
      boolean signal = last.ending().reason() == Ending.Reason.KILLED_BY_SIGNAL;
      message.setPossibleSignal(signal || !status.usedByProtocol() ? status.possibleSignal() : 0);
    }
    return message.build();
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
