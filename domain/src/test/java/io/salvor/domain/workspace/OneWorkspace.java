package io.salvor.domain.workspace;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/// One task's workspace, prepared in a project of its own.
abstract class OneWorkspace {
  WorkspaceWorld world = new FakeWorkspaces();
  String project = "";
  String workspace = "";

  /// A world without projects.
  protected abstract WorkspaceWorld world();

  @BeforeEach
  void begin() {
    world = world();
    project = world.project();
    Preparation made = world.workspaces().prepare(order(), 1, false);
    workspace = ((Preparation.Ready) made).workspace().path();
  }

  final WorkspaceOrder order() {
    return new WorkspaceOrder(
        "lineage",
        new TaskId(new UUID(0x0190_0000_0000_7000L, 1)),
        new DisplayId(1),
        project,
        Optional.empty(),
        List.of());
  }
}
