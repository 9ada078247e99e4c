package io.salvor.domain.workspace;

final class FakeSavingTest extends SavingContract {
  @Override
  protected WorkspaceWorld world() {
    return new FakeWorkspaces();
  }
}
