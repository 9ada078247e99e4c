package io.salvor.git;

import io.salvor.domain.workspace.SavingContract;
import io.salvor.domain.workspace.WorkspaceWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class GitSavingContractTest extends SavingContract {
  @TempDir Path directory = Path.of("");

  @Override
  protected WorkspaceWorld world() {
    return new GitWorld(directory);
  }
}
