package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.workspace.WorkspacesUnavailable;
import io.salvor.git.GitBundles.BroughtBack;
import io.salvor.git.GitBundles.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The work of tasks survives the loss of the refs, and of the repository.
final class GitBundlesTest extends GitFixture {
  private final GitBundles bundles = new GitBundles("git", "test");

  private Work work() {
    return bundles.work(root.toString(), List.of(order().display()));
  }

  /// A task with a commit and a snapshot of more.
  private void worked() {
    Path workspace = prepared(order());
    write(workspace, "done", "1");
    commit(workspace, "done");
    write(workspace, "half", "2");
    workspaces.snapshot(order(), 1);
  }

  @Test
  void refs_that_were_lost_come_back_as_they_were() {
    worked();
    Work work = work();
    assertThat(work.refs())
        .containsKeys("refs/heads/task/TASK-0001", "refs/salvor/TASK-0001/1/wip");
    Path bundle = directory.resolve("work.bundle");
    bundles.write(root.toString(), work, bundle);
    git(root, "worktree", "remove", "--force", root + "-TASK-0001");
    work.refs().keySet().forEach(ref -> git(root, "update-ref", "-d", ref));
    git(root, "reflog", "expire", "--all", "--expire=now");
    git(root, "gc", "-q", "--prune=now");

    BroughtBack back = bundles.bringBack(root.toString(), work.refs(), bundle);

    assertThat(back.broughtBack()).containsExactlyElementsOf(work.refs().keySet());
    assertThat(back.lacking()).isEmpty();
    assertThat(work()).isEqualTo(work);
    assertThat(git(root, "show", "refs/salvor/TASK-0001/1/wip:half")).isEqualTo("2");
    assertThat(bundles.bringBack(root.toString(), work.refs(), bundle).broughtBack()).isEmpty();
  }

  @Test
  void a_ref_that_is_there_is_not_moved() {
    worked();
    Work before = work();
    Path bundle = directory.resolve("work.bundle");
    bundles.write(root.toString(), before, bundle);
    Path workspace = Path.of(root + "-TASK-0001");
    write(workspace, "more", "3");
    String later = commit(workspace, "more");

    assertThat(bundles.bringBack(root.toString(), before.refs(), bundle).broughtBack()).isEmpty();
    assertThat(git(root, "rev-parse", "task/TASK-0001").strip()).isEqualTo(later);
  }

  @Test
  void what_the_remote_has_is_left_out_and_a_fresh_clone_takes_the_rest() throws Exception {
    world.remote(root.toString());
    git(root, "push", "-q", "origin", "main");
    git(root, "fetch", "-q", "origin");
    worked();
    Path bundle = directory.resolve("work.bundle");
    Work work = work();
    bundles.write(root.toString(), work, bundle);
    assertThat(Files.readString(bundle, java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("\n-" + git(root, "rev-parse", "main").strip());
    Path clone = directory.resolve("clone");
    git(directory, "clone", "-q", root + "-origin.git", clone.toString());

    BroughtBack back = bundles.bringBack(clone.toString(), work.refs(), bundle);

    assertThat(back.lacking()).isEmpty();
    assertThat(git(clone, "show", "task/TASK-0001:done")).isEqualTo("1");
  }

  @Test
  void without_what_it_builds_on_nothing_is_brought_back_and_it_is_said() {
    world.remote(root.toString());
    write(root, "base", "1");
    commit(root, "base");
    git(root, "push", "-q", "origin", "main");
    git(root, "fetch", "-q", "origin");
    worked();
    Path bundle = directory.resolve("work.bundle");
    Work work = work();
    bundles.write(root.toString(), work, bundle);
    Path other = world.project("other");
    write(other, "something", "else");
    commit(other, "something else");

    BroughtBack back = bundles.bringBack(other.toString(), work.refs(), bundle);
    assertThat(back.lacking()).contains("refs/heads/task/TASK-0001");
  }

  @Test
  void a_project_that_is_gone_is_named() {
    assertThatThrownBy(() -> bundles.work(directory.resolve("gone").toString(), List.of()))
        .isInstanceOf(WorkspacesUnavailable.class)
        .hasMessageContaining("gone");
  }
}
