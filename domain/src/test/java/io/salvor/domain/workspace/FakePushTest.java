package io.salvor.domain.workspace;

final class FakePushTest extends PushContract {
  @Override
  protected WorkspaceWorld world() {
    return new FakeWorkspaces();
  }
}
