package io.salvor.domain.workspace;

final class FakeMergeTrialTest extends MergeTrialContract {
  @Override
  protected WorkspaceWorld world() {
    return new FakeWorkspaces();
  }
}
