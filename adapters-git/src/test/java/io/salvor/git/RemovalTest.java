package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.workspace.Removal;
import io.salvor.domain.workspace.Removal.Kept;
import io.salvor.domain.workspace.Removal.Removed;
import io.salvor.domain.workspace.WorkspaceOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Z16: a workspace goes only when all that is in it is provably elsewhere.
class RemovalTest extends GitFixture {

  private void assertKept(Path path, String because) {
    Removal removal = workspaces.remove(order());
    assertThat(removal).isInstanceOf(Kept.class);
    assertThat(((Kept) removal).reasons()).anyMatch(reason -> reason.contains(because));
    assertThat(path).exists();
  }

  @Test
  void branch_refs_and_all_other_worktrees_stay() {
    Path path = prepared(order());
    Path other = prepared(world.order(root, 2));
    write(path, "done", "1");
    commit(path, "done");
    String refs = world.refs(root);

    assertThat(workspaces.remove(order())).isEqualTo(new Removed(List.of()));

    assertThat(path).doesNotExist();
    assertThat(world.refs(root)).isEqualTo(refs);
    assertThat(git(root, "worktree", "list", "--porcelain"))
        .contains(other.toString())
        .doesNotContain(path.toString());
    assertThat(status(other)).isEmpty();
  }

  /// A file is saved between the first look at the workspace and its renaming.
  private Removal removeWhileSaving(boolean crash) {
    Steps saving =
        step -> {
          if (step.equals("workspace set aside")) {
            write(world.directory().resolve(".project-TASK-0001.salvor-removed"), "late", "mine");
            if (crash) {
              throw new Crash(step);
            }
          }
        };
    return world.workspaces("git", saving).remove(order());
  }

  @Test
  void a_file_that_is_saved_at_the_last_moment_keeps_it() {
    Path path = prepared(order());

    assertThat(removeWhileSaving(false).toString()).contains("late");

    assertThat(read(path, "late")).isEqualTo("mine");
    assertThat(status(path)).isEqualTo("?? late");
    assertKept(path, "late");
  }

  @Test
  void a_file_that_is_saved_just_before_a_crash_keeps_it() {
    Path path = prepared(order());
    assertThatThrownBy(() -> removeWhileSaving(true)).isInstanceOf(Crash.class);

    assertKept(path, "late");

    assertThat(read(path, "late")).isEqualTo("mine");
    workspaces.snapshot(order(), 1);
    assertThat(workspaces.remove(order())).isInstanceOf(Removed.class);
  }

  @Test
  void ignored_files_go_with_it_and_are_listed() {
    write(root, ".gitignore", "target/\n*.log\n");
    commit(root, "ignore");
    Path path = prepared(order());
    write(path, "target/classes/A.class", "1");
    write(path, "noise.log", "2");

    assertThat(workspaces.remove(order())).isEqualTo(new Removed(List.of("noise.log", "target/")));
  }

  @Test
  void a_lock_is_respected() {
    Path path = prepared(order());
    git(root, "worktree", "lock", "--reason", "look at it tomorrow", path.toString());
    assertKept(path, "look at it tomorrow");
    git(root, "worktree", "unlock", path.toString());
    assertThat(workspaces.remove(order())).isInstanceOf(Removed.class);
  }

  @Test
  void commits_on_no_branch_keep_it_until_a_snapshot_has_them() {
    Path path = prepared(order());
    git(path, "switch", "--quiet", "--detach");
    write(path, "adrift", "1");
    commit(path, "adrift");
    assertKept(path, "on no branch");

    workspaces.snapshot(order(), 1);
    assertThat(workspaces.remove(order())).isInstanceOf(Removed.class);
  }

  @Test
  void a_stash_made_in_it_keeps_it() {
    Path path = prepared(order());
    write(path, "README", "stashed");
    git(path, "stash", "--quiet");
    assertKept(path, "stash");
    git(path, "stash", "drop", "--quiet");
    assertThat(workspaces.remove(order())).isInstanceOf(Removed.class);
  }

  @Test
  void a_stash_made_elsewhere_does_not() {
    prepared(order());
    write(root, "README", "stashed");
    git(root, "stash", "--quiet");
    assertThat(workspaces.remove(order())).isInstanceOf(Removed.class);
  }

  @Test
  void work_that_is_staged_and_changed_again_keeps_it_until_a_snapshot_has_both() {
    Path path = prepared(order());
    write(path, "README", "later");
    workspaces.snapshot(order(), 1);
    write(path, "README", "staged");
    git(path, "add", "README");
    write(path, "README", "later");
    assertKept(path, "README");

    workspaces.snapshot(order(), 1);
    assertThat(workspaces.remove(order())).isInstanceOf(Removed.class);
  }

  @Test
  void a_rebase_in_its_middle_keeps_it() {
    Path path = prepared(order());
    write(path, "README", "mine");
    commit(path, "mine");
    write(root, "README", "theirs");
    commit(root, "theirs");
    assertThat(world.tryGit(path, "rebase", "main").exit()).isNotZero();
    workspaces.snapshot(order(), 1);
    assertKept(path, "in the middle of a rebase");
  }

  @Test
  void repositories_inside_it_keep_it_even_where_they_are_ignored() {
    write(root, ".gitignore", "vendor/\n");
    commit(root, "ignore");
    Path path = prepared(order());
    write(path, "vendor/lib/file", "1");
    git(path.resolve("vendor/lib"), "init", "--quiet");
    assertKept(path, "vendor/lib is a repository");
  }

  @Test
  void special_files_keep_it() {
    Path path = prepared(order());
    assertThat(world.run(path, List.of("mkfifo", "pipe")).exit()).isZero();
    assertKept(path, "pipe is a special file");
  }

  @Test
  void a_process_that_works_in_it_keeps_it() throws IOException, InterruptedException {
    Path path = prepared(order());
    Process process = new ProcessBuilder("sleep", "60").directory(path.toFile()).start();
    try {
      assertKept(path, "process " + process.pid());
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(workspaces.remove(order())).isInstanceOf(Removed.class);
  }

  @Test
  void a_directory_without_permissions_is_removed_all_the_same() throws IOException {
    write(root, ".gitignore", "cache/\n");
    commit(root, "ignore");
    Path path = prepared(order());
    write(path, "cache/file", "1");
    Files.setPosixFilePermissions(
        path.resolve("cache"), PosixFilePermissions.fromString("r-xr-xr-x"));
    assertThat(workspaces.remove(order())).isInstanceOf(Removed.class);
    assertThat(path).doesNotExist();
  }

  @Test
  void a_registration_without_files_goes_too() {
    Path path = prepared(order());
    world.lose(path.toString());
    assertThat(workspaces.remove(order())).isEqualTo(new Removed(List.of()));
    assertThat(workspaces.list(root.toString())).isEmpty();
  }

  @Test
  void a_registration_without_files_that_holds_something_staged_stays() {
    Path path = prepared(order());
    write(path, "staged", "1");
    git(path, "add", "staged");
    world.lose(path.toString());
    assertThat(workspaces.remove(order()))
        .isEqualTo(new Kept(List.of("its files are gone, but something is staged")));
  }

  @Test
  void files_whose_registration_was_pruned_stay() throws IOException {
    Path path = prepared(order());
    Trees.delete(root.resolve(".git/worktrees"));
    assertKept(path, "registration");
  }

  @Test
  void anothers_workspace_stays() {
    Path path = prepared(order());
    var other =
        new WorkspaceOrder(
            "lineage-2",
            order().task(),
            order().display(),
            root.toString(),
            Optional.empty(),
            List.of());
    assertThat(workspaces.remove(other)).isInstanceOf(Kept.class);
    assertThat(path).exists();
  }
}
