package io.salvor.server.grpc;

import com.google.protobuf.ByteString;
import io.salvor.domain.task.Task;
import io.salvor.domain.workspace.DiffScope;
import io.salvor.domain.workspace.WorkspaceSummary;
import io.salvor.server.engine.World;
import io.salvor.server.errors.Errors;
import io.salvor.v1.DiffTaskRequest;
import io.salvor.v1.DiffTaskResponse;
import io.salvor.v1.ErrorReason;
import java.util.Optional;

/// A task's work as a diff.
final class Diffs {
  private final World world;

  Diffs(World world) {
    this.world = world;
  }

  void send(Task task, DiffTaskRequest request, Outgoing<DiffTaskResponse> out)
      throws InterruptedException {
    Optional<DiffScope> scope = scope(task, request);
    if (scope.isEmpty()) {
      return;
    }
    world
        .workspaces()
        .diff(
            task.workspaceOrder(world.lineage()),
            scope.get(),
            request.getStat(),
            piece -> sendPiece(out, piece));
    out.checkThere();
  }

  /// Empty where there is nothing to show.
  private static Optional<DiffScope> scope(Task task, DiffTaskRequest request) {
    boolean uncommitted = request.getUncommitted();
    int attempt = request.getAttempt();
    boolean open = task.attempt().filter(it -> it.ref().number() == attempt).isPresent();
    if (attempt == 0 || open) {
      return Optional.of(uncommitted ? new DiffScope.Uncommitted() : new DiffScope.Committed());
    }
    WorkspaceSummary left =
        task.attempts().stream()
            .filter(it -> it.ref().number() == attempt)
            .findFirst()
            .orElseThrow(() -> noAttempt(task, attempt))
            .workspace();
    return uncommitted
        ? left.snapshot().map(it -> new DiffScope.Between(left.head(), it))
        : left.head().map(it -> new DiffScope.Between(Optional.empty(), it));
  }

  private static RuntimeException noAttempt(Task task, int attempt) {
    return Errors.failure(
        ErrorReason.Code.ATTEMPT_NOT_FOUND,
        task.display() + " has no attempt " + attempt,
        "salvor task show " + task.display());
  }

  private static void sendPiece(Outgoing<DiffTaskResponse> out, byte[] piece) {
    try {
      out.send(DiffTaskResponse.newBuilder().setData(ByteString.copyFrom(piece)).build());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Outgoing.CallerGone();
    }
  }
}
