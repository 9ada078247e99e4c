package io.salvor.domain.workspace;

class FakeWorkspacesTest extends WorkspacesContract {
  @Override
  protected WorkspaceWorld world() {
    return new FakeWorkspaces();
  }
}
