package io.salvor.domain.workspace;

final class FakeBringInTest extends BringInContract {
  @Override
  protected WorkspaceWorld world() {
    return new FakeWorkspaces();
  }
}
