package io.salvor.domain.workspace;

final class FakeRescueTest extends RescueContract {
  @Override
  protected WorkspaceWorld world() {
    return new FakeWorkspaces();
  }
}
