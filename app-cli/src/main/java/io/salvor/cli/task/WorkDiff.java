package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.wire.Replies;
import io.salvor.v1.DiffTaskRequest;
import io.salvor.v1.DiffTaskResponse;
import io.salvor.v1.TaskServiceGrpc;
import java.time.Duration;

/// A task's work as git tells it, for people who wait for it.
final class WorkDiff {
  /// While git looks at all files of a large repository, the server has nothing to send.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private WorkDiff() {}

  static Replies<DiffTaskResponse> ask(Context context, DiffTaskRequest request) {
    return context.api().quietStream(TaskServiceGrpc.getDiffTaskMethod(), request, PATIENCE);
  }
}
