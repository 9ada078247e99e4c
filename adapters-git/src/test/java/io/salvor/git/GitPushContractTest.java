package io.salvor.git;

import io.salvor.domain.workspace.PushContract;
import io.salvor.domain.workspace.WorkspaceWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class GitPushContractTest extends PushContract {
  @TempDir Path directory = Path.of("");

  @Override
  protected WorkspaceWorld world() {
    return new GitWorld(directory);
  }
}
