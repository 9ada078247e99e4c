package io.salvor.domain.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.workspace.PushOutcome.Pushed;
import io.salvor.domain.workspace.PushOutcome.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every world of workspaces promises of bringing a branch into another repository.
public abstract class PushContract {
  private WorkspaceWorld world = new FakeWorkspaces();
  private String project = "";

  /// A world without projects.
  protected abstract WorkspaceWorld world();

  @BeforeEach
  void begin() {
    world = world();
    project = world.project();
  }

  private PushOutcome push(String commit, String remote) {
    return world.workspaces().push(new PushOrder(project, remote, "main", commit));
  }

  private String change(String content) {
    world.write(project, "README", content);
    return world.commit(project, content);
  }

  @Test
  void remotes_are_known_by_name() {
    assertThat(world.workspaces().remotes(project)).isEmpty();
    String remote = world.remote(project);
    assertThat(world.workspaces().remotes(project)).containsExactly(remote);
  }

  @Test
  void a_commit_comes_into_the_remote_and_again_changes_nothing() {
    String remote = world.remote(project);
    String first = change("one");

    assertThat(push(first, remote)).isEqualTo(new Pushed());
    assertThat(world.pushed(project)).contains(first);
    assertThat(push(first, remote)).isEqualTo(new Pushed());

    String second = change("two");
    assertThat(push(second, remote)).isEqualTo(new Pushed());
    assertThat(world.pushed(project)).contains(second);
  }

  @Test
  void only_the_commit_is_pushed_not_what_came_after_it() {
    String remote = world.remote(project);
    String first = change("one");
    change("two");

    assertThat(push(first, remote)).isEqualTo(new Pushed());
    assertThat(world.pushed(project)).contains(first);
  }

  @Test
  void what_the_remote_has_already_under_a_later_commit_is_pushed() {
    String remote = world.remote(project);
    String first = change("one");
    String second = change("two");
    push(second, remote);

    assertThat(push(first, remote)).isEqualTo(new Pushed());
    assertThat(world.pushed(project)).contains(second);
  }

  @Test
  void a_remote_with_others_work_refuses_and_keeps_it() {
    String remote = world.remote(project);
    push(change("one"), remote);
    String theirs = world.pushedByOthers(project);
    String mine = change("two");

    assertThat(push(mine, remote))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.detail()).contains("rejected"));
    assertThat(world.pushed(project)).contains(theirs);
  }

  @Test
  void a_remote_that_is_not_there_refuses_with_a_word() {
    assertThat(push(change("one"), "nowhere"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.detail()).contains("nowhere"));
  }
}
