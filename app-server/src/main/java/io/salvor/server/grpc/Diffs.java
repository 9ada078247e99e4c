package io.salvor.server.grpc;

import com.google.protobuf.ByteString;
import io.salvor.domain.task.Task;
import io.salvor.server.engine.World;
import io.salvor.v1.DiffTaskRequest;
import io.salvor.v1.DiffTaskResponse;

/// A task's work as a diff.
final class Diffs {
  private final World world;

  Diffs(World world) {
    this.world = world;
  }

  void send(Task task, DiffTaskRequest request, Outgoing<DiffTaskResponse> out)
      throws InterruptedException {
    world
        .workspaces()
        .diff(
            task.workspaceOrder(world.lineage()),
            request.getStat(),
            request.getUncommitted(),
            piece -> sendPiece(out, piece));
    out.checkThere();
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
