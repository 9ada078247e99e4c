package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceWorld;
import io.salvor.domain.workspace.WorkspacesContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class GitWorkspacesContractTest extends WorkspacesContract {
  @TempDir Path directory = Path.of("");

  @Override
  protected WorkspaceWorld world() {
    return new GitWorld(directory);
  }
}
