package io.salvor.domain.workspace;

final class FakeMergeTest extends MergeContract {
  @Override
  protected WorkspaceWorld world() {
    return new FakeWorkspaces();
  }
}
