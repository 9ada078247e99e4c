package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.workspace.MergeOrder;
import io.salvor.domain.workspace.Preparation;
import io.salvor.domain.workspace.Preparation.Ready;
import io.salvor.domain.workspace.Preparation.Refused;
import io.salvor.domain.workspace.WorkspaceOrder;
import io.salvor.domain.workspace.WorkspaceProblem;
import io.salvor.domain.workspace.Workspaces;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A project and the port, for tests of one thing that git can do to them.
abstract class GitFixture {
  @TempDir Path directory = Path.of("");
  GitWorld world = new GitWorld(Path.of(System.getProperty("java.io.tmpdir")));
  Workspaces workspaces = world.workspaces();
  Path root = Path.of("");

  @BeforeEach
  void makeProject() {
    world = new GitWorld(directory);
    workspaces = world.workspaces();
    root = world.project("project");
  }

  WorkspaceOrder order() {
    return world.order(root, 1);
  }

  Path prepared(WorkspaceOrder order) {
    return ready(workspaces.prepare(order, 1, false));
  }

  static Path ready(Preparation preparation) {
    assertThat(preparation).isInstanceOf(Ready.class);
    return Path.of(((Ready) preparation).workspace().path());
  }

  static WorkspaceProblem refused(Preparation preparation) {
    assertThat(preparation).isInstanceOf(Refused.class);
    return ((Refused) preparation).problem();
  }

  MergeOrder mergeOrder(String commit) {
    return new MergeOrder(
        root.toString(), order().display(), order().branch(), commit, "main", "Merge TASK-0001");
  }

  void write(Path checkout, String file, String content) {
    world.write(checkout.toString(), file, content);
  }

  String read(Path checkout, String file) {
    return world.read(checkout.toString(), file).orElse("(absent)");
  }

  String commit(Path checkout, String message) {
    return world.commit(checkout.toString(), message);
  }

  String git(Path where, String... arguments) {
    return world.git(where, arguments);
  }

  String status(Path checkout) {
    return git(checkout, "status", "--porcelain=v1", "-uall");
  }
}
