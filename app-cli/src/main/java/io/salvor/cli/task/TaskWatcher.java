package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Reconnect;
import io.salvor.cli.wire.Replies;
import io.salvor.cli.wire.RpcFailure;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.WatchTaskRequest;
import io.salvor.v1.WatchTaskResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Follows a task, through restarts of the server too.
final class TaskWatcher {
  /// The server is heard more often than this.
  private static final Duration SILENCE = Duration.ofSeconds(35);

  /// No less silence is borne: each task is looked at once, also where the time is over.
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final Context context;
  private final Consumer<Task> onSign;
  private Optional<Task> last = Optional.empty();
  private final Reconnect reconnect;

  /// @param onSign told of each change, and again at each sign of life
  TaskWatcher(Context context, Consumer<Task> onSign) {
    this(context, onSign, new Reconnect(context));
  }

  /// @param reconnect what is done where the server goes away
  TaskWatcher(Context context, Consumer<Task> onSign, Reconnect reconnect) {
    this.context = context;
    this.onSign = onSign;
    this.reconnect = reconnect;
  }

  /// Follows until `judge` has an answer, or until `end`: then exit code 1.
  Settled follow(String name, Function<Task, Optional<ExitCode>> judge, Optional<Instant> end)
      throws InterruptedException {
    while (true) {
      Duration patience = patience(end);
      try (Replies<WatchTaskResponse> replies = open(name, patience)) {
        Optional<WatchTaskResponse> reply = replies.next();
        while (reply.isPresent()) {
          Optional<Settled> settled = heard(reply.get(), judge);
          if (settled.isPresent()) {
            return settled.get();
          }
          giveUpAt(end);
          if (patience.compareTo(patience(end).plus(MOMENT)) > 0) {
            break; // and asked again: silence would be borne beyond the end
          }
          reply = replies.next();
        }
        reconnect.pause();
      } catch (RpcFailure broken) {
        giveUpAt(end);
        reconnect.after(broken);
      } catch (Failure nobody) {
        giveUpAt(end);
        reconnect.after(nobody);
      }
    }
  }

  /// From the task as it is, each time: while the server was away its store may have been restored,
  /// and a cursor of before would hide what became of the task.
  private Replies<WatchTaskResponse> open(String name, Duration patience) {
    return context.api().stream(
        TaskServiceGrpc.getWatchTaskMethod(),
        WatchTaskRequest.newBuilder().setName(name).build(),
        patience);
  }

  /// How long silence is borne.
  private Duration patience(Optional<Instant> end) {
    Instant now = context.surroundings().clock().instant();
    Duration left = end.map(it -> Duration.between(now, it)).orElse(SILENCE);
    Duration most = left.compareTo(SILENCE) < 0 ? left : SILENCE;
    return most.compareTo(MOMENT) < 0 ? MOMENT : most;
  }

  private Optional<Settled> heard(
      WatchTaskResponse reply, Function<Task, Optional<ExitCode>> judge) {
    reconnect.heard();
    if (reply.hasTask()) {
      last = Optional.of(reply.getTask());
    }
    last.ifPresent(onSign);
    return last.flatMap(task -> judge.apply(task).map(exit -> new Settled(task, exit)));
  }

  private void giveUpAt(Optional<Instant> end) {
    if (end.isPresent() && !context.surroundings().clock().instant().isBefore(end.get())) {
      String id = last.map(Task::getDisplayId).orElse("the task");
      throw new Failure(
          ExitCode.FAILURE,
          "WAIT_TIMEOUT",
          "the time to wait is over and "
              + id
              + last.map(task -> " is " + task.getState()).orElse("")
              + "; it goes on",
          "salvor task watch " + id);
    }
  }

  /// A task at the end of a wait.
  record Settled(Task task, ExitCode exit) {}
}
