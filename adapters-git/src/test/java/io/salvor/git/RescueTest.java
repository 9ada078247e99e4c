package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.workspace.RescueOutcome;
import io.salvor.domain.workspace.RescueOutcome.Refused;
import io.salvor.domain.workspace.RescueOutcome.Rescued;
import io.salvor.domain.workspace.WorkspacesUnavailable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Z16: what is rescued is on the task's branch, or it is said where it is.
class RescueTest extends GitFixture {

  private RescueOutcome rescue() {
    return workspaces.rescue(order(), "what was left");
  }

  private void assertRefused(Path path, String... words) {
    write(path, "half", "2");
    String head = git(path, "rev-parse", "HEAD");
    String tip = git(root, "rev-parse", order().branch());

    assertThat(rescue())
        .isInstanceOfSatisfying(Refused.class, it -> assertThat(it.detail()).contains(words));
    assertThatThrownBy(() -> workspaces.bringIn(order(), "main"))
        .isInstanceOf(WorkspacesUnavailable.class);

    assertThat(git(path, "rev-parse", "HEAD")).isEqualTo(head);
    assertThat(git(root, "rev-parse", order().branch())).isEqualTo(tip);
    assertThat(status(path)).isEqualTo("?? half");
  }

  @Test
  void nothing_is_committed_in_the_middle_of_a_rebase() {
    Path path = prepared(order());
    write(path, "one", "1");
    commit(path, "one");
    write(path, "two", "2");
    commit(path, "two");
    assertThat(world.tryGit(path, "rebase", "--exec", "false", "HEAD~2").exit()).isNotZero();

    assertRefused(path, "in the middle of a git rebase", "rebase --continue", "rebase --quit");

    git(path, "rebase", "--abort");
    assertThat(rescue()).isInstanceOf(Rescued.class);
  }

  @Test
  void nothing_is_committed_on_another_branch() {
    Path path = prepared(order());
    git(path, "switch", "--quiet", "--create", "own");
    write(path, "done", "1");
    commit(path, "done");

    assertRefused(path, "is on refs/heads/own", "switch task/TASK-0001");
  }

  @Test
  void changes_inside_of_a_repository_of_its_own_are_no_commit_of_the_task() {
    Path path = prepared(order());
    git(path, "init", "--quiet", "lib");
    write(path.resolve("lib"), "inner", "1");
    commit(path.resolve("lib"), "inner");
    String head = commit(path, "with a repository");
    write(path.resolve("lib"), "inner", "2");

    assertThat(rescue()).isEqualTo(new Rescued(head, List.of()));

    write(path, "new", "3");
    assertThat(rescue())
        .isInstanceOfSatisfying(Rescued.class, it -> assertThat(it.files()).containsExactly("new"));
    assertThat(read(path, "lib/inner")).isEqualTo("2");
  }
}
