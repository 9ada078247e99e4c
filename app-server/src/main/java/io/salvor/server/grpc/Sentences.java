package io.salvor.server.grpc;

import io.salvor.domain.access.Actor;
import io.salvor.domain.admission.Hold;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Attempt;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.Push;
import io.salvor.domain.task.Start;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact.MergeRefused;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.text.ShellWord;
import io.salvor.domain.workspace.BroughtIn;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.server.limits.HoldWords;
import io.salvor.v1.Wait;
import java.util.Optional;
import java.util.function.Function;

/// What a state means to a person: why it stands there, what it waits for, what to type next.
/// Thread-safe.
final class Sentences {
  private final Function<Task, Optional<Hold>> holds;
  private final Dependents dependents;

  /// @param holds why a queued task does not begin
  /// @param tasks finds a task that another one waits for
  Sentences(Function<Task, Optional<Hold>> holds, Function<TaskId, Optional<Task>> tasks) {
    this.holds = holds;
    this.dependents = new Dependents(tasks);
  }

  /// One sentence that says why the task stands where it stands.
  String detail(Task task) {
    return switch (task.state()) {
      case TaskState.Pending pending -> "waits for " + dependents.waitsFor(pending);
      case TaskState.Ready ready -> detail(task, ready);
      case TaskState.Queued _ -> "waits for " + admission(holds.apply(task));
      case TaskState.Claimed claimed ->
          claimed.workspace().isEmpty()
              ? "its workspace is being made"
              : "its agent is being started";
      case TaskState.Running running ->
          running
              .progress()
              .openTool()
              .map(tool -> "the agent is in a call of " + tool.tool())
              .orElse("the agent " + work(running.attempt()));
      case TaskState.Stopping stopping ->
          "attempt "
              + stopping.attempt().ref().number()
              + " is being ended: "
              + stopping.cause().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
      case TaskState.Verifying verifying ->
          verifying.salvage().isPresent()
              ? "what attempt " + verifying.attempt().ref().number() + " left is being saved"
              : "the gates run"
                  + verifying.byHand().map(it -> ", as " + it.by() + " wants").orElse("");
      case TaskState.Review review ->
          "waits for a verdict on " + shortHash(review.head()) + leftOut(task, review.head());
      case TaskState.Approved approved ->
          approved
              .refusal()
              .map(refusal -> "the merge was refused: " + refusal.detail())
              .orElse("accepted by " + approved.verdict().by() + "; waits to be merged");
      case TaskState.Merging merging -> "is being merged into " + merging.target();
      case TaskState.Merged merged ->
          "in "
              + merged.target()
              + " at "
              + shortHash(merged.targetCommit())
              + merged.push().map(Sentences::push).orElse("");
      case TaskState.Blocked(var question) -> "the agent asks: " + question;
      case TaskState.Paused(var by, var reason) ->
          by.equals(Actor.SALVOR) ? reason : "paused by " + by + because(reason);
      case TaskState.NeedsFix fix -> fix.detail();
      case TaskState.Failed(var ending) -> ending(ending);
      case TaskState.Rejected(var by, var reason) -> "rejected by " + by + because(reason);
      case TaskState.Cancelled(var by, var reason) -> "cancelled by " + by + because(reason);
      case TaskState.Skipped(var by, var reason) -> "skipped by " + by + because(reason);
    };
  }

  private static String detail(Task task, TaskState.Ready ready) {
    if (ready.reset().isPresent()) {
      TaskState.Note note = ready.reopened().orElseThrow();
      return "reset by "
          + note.by()
          + because(note.reason())
          + "; "
          + ResetWords.sentence(task, ready.reset().get());
    }
    return ready
        .wakeUp()
        .map(at -> next(at) + " comes by itself")
        .or(() ->
            ready
                .reopened()
                .map(it ->
                    "reopened by " + it.by() + because(it.reason()) + "; waits to be dispatched"))
        .orElse("waits to be dispatched");
  }

  private static String next(TaskState.WakeUp wakeUp) {
    Start start = wakeUp.start();
    return start.failedStarts() > 0
        ? "the last start failed; start " + (start.failedStarts() + 1)
        : wakeUp.why() + "; " + FactLine.again(start);
  }

  private static String push(Push push) {
    return switch (push.progress()) {
      case Push.Progress.Pending _ -> "; is being pushed to " + push.remote();
      case Push.Progress.Done _ -> "; pushed to " + push.remote();
      case Push.Progress.Failed(var detail) -> "; not pushed to " + push.remote() + because(detail);
    };
  }

  /// An ending for people.
  static String ending(Ending ending) {
    String pair = ending.reason().label() + " (" + ending.codepath().label() + ")";
    return ending.detail().isEmpty() ? pair : pair + ": " + ending.detail();
  }

  /// What it waits for, if for anything.
  Optional<Wait> waitsFor(Task task) {
    return switch (task.state()) {
      case TaskState.Pending pending -> {
        var wait = Wait.newBuilder().setWhat(dependents.waitsFor(pending));
        pending.waitingFor().forEach(id -> wait.addTasks(Names.task(id)));
        yield Optional.of(wait.build());
      }
      case TaskState.Ready ready ->
          Optional.of(
              ready
                  .wakeUp()
                  .map(at ->
                      Wait.newBuilder()
                          .setWhat("its next start")
                          .setUntilTime(Names.time(at.notBefore()))
                          .build())
                  .orElse(Wait.newBuilder().setWhat("a dispatch").build()));
      case TaskState.Queued _ -> {
        Optional<Hold> hold = holds.apply(task);
        var wait = Wait.newBuilder().setWhat(admission(hold));
        hold.flatMap(HoldWords::until).ifPresent(at -> wait.setUntilTime(Names.time(at)));
        yield Optional.of(wait.build());
      }
      case TaskState.Claimed _ -> wait("its agent to start");
      case TaskState.Running _ -> wait("its agent");
      case TaskState.Stopping _ -> wait("its attempt to end");
      case TaskState.Verifying _ -> wait("its gates");
      case TaskState.Review review -> wait("a verdict on " + shortHash(review.head()));
      case TaskState.Approved approved
          when conflict(approved).filter(it -> it.files().isEmpty()).isPresent() ->
          wait(
              "somebody to mend what does not pass merged with " + task.spec().target().orElse(""));
      case TaskState.Approved approved when conflict(approved).isPresent() ->
          wait(
              "somebody to resolve its conflicts with "
                  + task.spec().target().orElse("its target")
                  + " in "
                  + String.join(", ", conflict(approved).get().files()));
      case TaskState.Approved _ -> wait("a merge");
      case TaskState.Merging _ -> wait("git");
      case TaskState.Blocked _, TaskState.Paused _, TaskState.NeedsFix _ -> wait("a person");
      case TaskState.Merged merged ->
          task.isSettled()
              ? Optional.empty()
              : merged.push().flatMap(push -> wait("its push to " + push.remote()));
      case TaskState.Failed _, TaskState.Rejected _, TaskState.Cancelled _, TaskState.Skipped _ ->
          Optional.empty();
    };
  }

  /// The command that a person would most likely give next; empty for none.
  String nextCommand(Task task) {
    if (task.kind() == TaskState.Kind.QUEUED) {
      return holds
          .apply(task)
          .flatMap(HoldWords::command)
          .orElse("salvor task watch " + task.display());
    }
    if (task.state() instanceof TaskState.Pending pending) {
      return dependents.nextCommand(task, pending);
    }
    if (task.state() instanceof TaskState.Merged merged) {
      return merged.push().map(push -> nextCommand(task, merged, push)).orElse("");
    }
    if (task.kind() == TaskState.Kind.BLOCKED) {
      return "salvor task answer " + task.display() + " -F -";
    }
    if (targetGone(task)) {
      return "salvor task edit --into BRANCH " + task.display();
    }
    if (task.state() instanceof TaskState.Paused(var by, var _) && by.equals(Actor.SALVOR)) {
      return EventCommands.advised(task, "salvor task resume " + task.display());
    }
    if (task.kind() == TaskState.Kind.REVIEW) {
      return nextCommandInReview(task);
    }
    if (task.kind() == TaskState.Kind.FAILED) {
      return EventCommands.advised(task, afterFailure(task));
    }
    String verb =
        switch (task.kind()) {
          case READY -> "dispatch";
          case QUEUED, CLAIMED, RUNNING, STOPPING, VERIFYING, MERGING -> "watch";
          case APPROVED -> conflict(task) ? "dispatch --resume" : "merge";
          case PAUSED -> "resume";
          case NEEDS_FIX, REJECTED -> "dispatch --resume";
          case FAILED, REVIEW, BLOCKED, PENDING, MERGED, CANCELLED, SKIPPED -> "";
        };
    return verb.isEmpty() ? "" : "salvor task " + verb + " " + task.display();
  }

  static String nextCommandInReview(Task task) {
    return "salvor task "
        + (nothingCommitted(task) ? "dispatch --resume " : "approve --merge ")
        + task.display();
  }

  private static String afterFailure(Task task) {
    return "salvor task "
        + (task.lastStarted().isPresent() ? "dispatch --resume " : "reopen ")
        + task.display();
  }

  /// A push is tried once: whoever mends its cause gives it again.
  private static String nextCommand(Task task, TaskState.Merged merged, Push push) {
    return switch (push.progress()) {
      case Push.Progress.Pending _ -> "salvor task watch " + task.display();
      case Push.Progress.Done _ -> "";
      case Push.Progress.Failed _ ->
          "git -C "
              + ShellWord.of(task.spec().project())
              + " push "
              + ShellWord.of(push.remote())
              + " "
              + ShellWord.of(merged.target());
    };
  }

  /// What a queued task waits for.
  private static String admission(Optional<Hold> hold) {
    return hold.map(HoldWords::of).orElse("a slot");
  }

  private static String work(Attempt attempt) {
    return attempt.broughtIn().orElse(null) instanceof BroughtIn.Conflicts conflicts
        ? "resolves conflicts in " + String.join(", ", conflicts.files())
        : "works";
  }

  private static boolean conflict(Task task) {
    return task.state() instanceof TaskState.Approved approved && conflict(approved).isPresent();
  }

  private static Optional<MergeRefused> conflict(TaskState.Approved approved) {
    return approved.refusal().filter(MergeRefused::needsTarget);
  }

  /// Whether it could not be merged for want of its target.
  static boolean targetGone(Task task) {
    return task.state() instanceof TaskState.Approved approved
        && approved
            .refusal()
            .flatMap(refused ->
                task.spec()
                    .target()
                    .filter(it -> refused.detail().equals(MergeOutcome.Gone.branch(it).detail())))
            .isPresent();
  }

  /// Whether what is under review is what an attempt left that committed nothing of its work.
  private static boolean nothingCommitted(Task task) {
    return task.lastSummary().commitsAhead() == 0
        && task.state() instanceof TaskState.Review review
        && !leftOut(task, review.head()).isEmpty();
  }

  /// Said only as long as nothing was committed since the attempt left it.
  private static String leftOut(Task task, String head) {
    int files = task.lastSummary().uncommittedFiles();
    return files == 0 || !task.lastSummary().head().equals(Optional.of(head))
        ? ""
        : "; "
            + Counted.of(files, "uncommitted file")
            + (files == 1 ? " is" : " are")
            + " not part of it";
  }

  private static String because(String reason) {
    return reason.isEmpty() ? "" : ": " + reason;
  }

  private static Optional<Wait> wait(String what) {
    return Optional.of(Wait.newBuilder().setWhat(what).build());
  }

  private static String shortHash(String hash) {
    return hash.length() > 10 ? hash.substring(0, 10) : hash;
  }
}
