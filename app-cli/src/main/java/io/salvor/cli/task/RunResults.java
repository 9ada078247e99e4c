package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.wire.Replies;
import io.salvor.cli.wire.RpcFailure;
import io.salvor.v1.Attempt;
import io.salvor.v1.DiffTaskRequest;
import io.salvor.v1.DiffTaskResponse;
import io.salvor.v1.RunError;
import io.salvor.v1.RunResult;
import io.salvor.v1.RunResult.Status;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.WorkspaceSummary;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What came of a run, as one message.
final class RunResults {
  /// The last line of git's own count.
  private static final Pattern FILES_CHANGED = Pattern.compile("(?m)^ (\\d+) files? changed");

  private final Context context;
  private final Instant begun;

  RunResults(Context context) {
    this.context = context;
    this.begun = context.surroundings().clock().instant();
  }

  /// The run came to its end with this task.
  RunResult of(Task task, ExitCode exit, int restarts) {
    var result = about(task, exit, restarts);
    if (result.getCommits() > 0) {
      files(task).ifPresent(result::setFiles);
    }
    return result.build();
  }

  /// The run could not go on.
  ///
  /// @param task as far as it is known
  RunResult of(Failure failure, Optional<Task> task, int restarts) {
    return about(task.orElse(Task.getDefaultInstance()), failure.exit(), restarts)
        .setError(
            RunError.newBuilder()
                .setReason(failure.reason())
                .setMessage(failure.what())
                .setHint(failure.hint()))
        .build();
  }

  private RunResult.Builder about(Task task, ExitCode exit, int restarts) {
    var result =
        RunResult.newBuilder()
            .setStatus(status(exit))
            .setExitCode(exit.code())
            .setTask(task.getDisplayId())
            .setName(task.getName())
            .setState(task.getState())
            .setStateDetail(task.getStateDetail())
            .setDuration(duration())
            .setUsage(task.getTotalUsage())
            .setToolCalls(task.getAttemptsList().stream().mapToInt(Attempt::getToolCalls).sum())
            .setBranch(task.getWorkspace().getBranch())
            .setHead(task.getWorkspace().getHead())
            .setRestarts(restarts)
            .setNextCommand(task.getNextCommand());
    if (task.getAttemptsCount() > 0) {
      Attempt last = task.getAttempts(task.getAttemptsCount() - 1);
      WorkspaceSummary left = last.getWorkspace();
      result
          .setAttempt(last.getNumber())
          .setSession(last.getSession())
          .setCommits(left.getCommitsAhead())
          .setUncommittedFiles(left.getUncommittedFiles());
      if (last.hasEnding()) {
        result.setEnding(last.getEnding());
      }
      if (task.getState() == Task.State.BLOCKED) {
        result.setQuestion(last.getQuestion());
      }
    }
    return result;
  }

  private static Status status(ExitCode exit) {
    return switch (exit) {
      case OK -> Status.SUCCESS;
      case FAILURE -> Status.FAILED;
      case NEEDS_PERSON -> Status.BLOCKED;
      case CANCELLED -> Status.CANCELLED;
      case RELOAD -> Status.RELOAD;
      case USAGE, NOT_FOUND, WRONG_STATE, DENIED, CONFLICT, INVALID, UNAVAILABLE, EXISTS ->
          Status.REFUSED;
    };
  }

  private com.google.protobuf.Duration duration() {
    Duration lasted = Duration.between(begun, context.surroundings().clock().instant());
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(lasted.toSeconds())
        .setNanos(lasted.toMillisPart() * 1_000_000)
        .build();
  }

  /// A count that cannot be had, or not soon, spoils no result.
  private OptionalInt files(Task task) {
    var request = DiffTaskRequest.newBuilder().setName(task.getName()).setStat(true).build();
    var text = new ByteArrayOutputStream();
    try (Replies<DiffTaskResponse> replies =
        context.api().stream(TaskServiceGrpc.getDiffTaskMethod(), request)) {
      Optional<DiffTaskResponse> reply = replies.next();
      while (reply.isPresent()) {
        text.writeBytes(reply.get().getData().toByteArray());
        reply = replies.next();
      }
    } catch (RpcFailure | Failure unknown) {
      return OptionalInt.empty();
    }
    Matcher matcher = FILES_CHANGED.matcher(text.toString(StandardCharsets.UTF_8));
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
