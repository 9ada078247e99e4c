package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.workspace.Removal;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Z5, Z16: a snapshot holds all work, and taking it changes none.
class SnapshotTest extends GitFixture {
  private static final String WIP = "refs/salvor/TASK-0001/1/wip";

  @Test
  void it_holds_changed_staged_deleted_and_untracked_files_and_leaves_them_alone()
      throws IOException {
    write(root, "kept", "1");
    write(root, "deleted", "1");
    write(root, ".gitignore", "*.log\n");
    commit(root, "more files");
    Path path = prepared(order());
    write(path, "README", "changed");
    write(path, "staged", "s");
    git(path, "add", "staged");
    Files.delete(path.resolve("deleted"));
    write(path, "new/untracked ü", "u");
    write(path, "noise.log", "ignored");
    String before = world.portrait(path);

    WorkspaceSummary summary = workspaces.snapshot(order(), 1);

    assertThat(summary.uncommittedFiles()).isEqualTo(4);
    assertThat(world.portrait(path)).isEqualTo(before);
    assertThat(git(root, "rev-parse", WIP)).isEqualTo(summary.snapshot().orElseThrow());
    assertThat(git(root, "rev-parse", WIP + "^")).isEqualTo(git(path, "rev-parse", "HEAD"));
    assertThat(git(root, "-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", WIP))
        .isEqualTo(".gitignore\nREADME\nkept\nnew/untracked ü\nstaged");
    assertThat(git(root, "show", WIP + ":README")).isEqualTo("changed");
  }

  @Test
  void what_was_staged_and_then_changed_again_is_kept_beside_it() {
    Path path = prepared(order());
    write(path, "README", "staged");
    git(path, "add", "README");
    write(path, "README", "later");

    workspaces.snapshot(order(), 1);

    assertThat(git(root, "show", WIP + ":README")).isEqualTo("later");
    assertThat(git(root, "show", WIP + "^2:README")).isEqualTo("staged");
  }

  @Test
  void a_conflict_in_the_middle_of_a_merge_is_saved_with_its_marks() {
    Path path = prepared(order());
    write(path, "README", "mine");
    commit(path, "mine");
    write(root, "README", "theirs");
    commit(root, "theirs");
    assertThat(world.tryGit(path, "merge", "main").exit()).isNotZero();

    workspaces.snapshot(order(), 1);

    assertThat(git(root, "show", WIP + ":README")).contains("<<<<<<<", "mine", "theirs");
    assertThat(status(path)).isEqualTo("UU README");
  }

  @Test
  void commits_on_a_detached_head_are_kept() {
    Path path = prepared(order());
    git(path, "switch", "--quiet", "--detach");
    write(path, "adrift", "1");
    String adrift = commit(path, "adrift");

    workspaces.snapshot(order(), 1);

    assertThat(git(root, "rev-parse", "refs/salvor/TASK-0001/1/detached")).isEqualTo(adrift);
  }

  @Test
  void commits_on_another_branch_are_on_the_tasks_too_and_that_branch_stays_as_it_is() {
    Path path = prepared(order());
    git(path, "switch", "--quiet", "--create", "own");
    write(path, "done", "1");
    String done = commit(path, "done");
    write(path, "half", "2");

    workspaces.snapshot(order(), 1);

    assertThat(git(path, "symbolic-ref", "HEAD")).isEqualTo("refs/heads/task/TASK-0001");
    assertThat(git(root, "rev-parse", "task/TASK-0001")).isEqualTo(done);
    assertThat(git(root, "rev-parse", "own")).isEqualTo(done);
    assertThat(status(path)).isEqualTo("?? half");
  }

  @Test
  void commits_of_others_are_not_the_tasks() {
    Path path = prepared(order());
    String base = git(path, "rev-parse", "HEAD");
    write(root, "theirs", "1");
    String theirs = commit(root, "theirs");
    git(root, "update-ref", "refs/remotes/origin/main", theirs);
    git(path, "switch", "--quiet", "--detach", "origin/main");

    assertThat(workspaces.snapshot(order(), 1).elsewhere()).hasValue("commit " + theirs);

    assertThat(git(root, "rev-parse", "task/TASK-0001")).isEqualTo(base);
    git(path, "switch", "--quiet", "--create", "own");
    assertThat(workspaces.snapshot(order(), 1).elsewhere()).hasValue("refs/heads/own");
    write(path, "mine", "1");
    String mine = commit(path, "mine");
    assertThat(workspaces.snapshot(order(), 1).elsewhere()).isEmpty();
    assertThat(git(root, "rev-parse", "task/TASK-0001")).isEqualTo(mine);
  }

  @Test
  void commits_made_here_are_the_tasks_wherever_else_they_are() {
    Path path = prepared(order());
    git(path, "switch", "--quiet", "--create", "own");
    write(path, "done", "1");
    String done = commit(path, "done");
    git(path, "tag", "v1");
    git(path, "update-ref", "refs/remotes/origin/own", done);
    git(path, "switch", "--quiet", "--detach");

    assertThat(workspaces.snapshot(order(), 1).elsewhere()).isEmpty();

    assertThat(git(root, "rev-parse", "task/TASK-0001")).isEqualTo(done);
  }

  /// Z17.
  @Test
  void a_tasks_branch_that_a_person_has_checked_out_is_not_moved() {
    Path path = prepared(order());
    git(path, "switch", "--quiet", "--create", "own");
    write(path, "done", "1");
    commit(path, "done");
    git(root, "switch", "--quiet", "task/TASK-0001");
    String before = world.portrait(root);

    assertThat(workspaces.snapshot(order(), 1).elsewhere()).hasValue("refs/heads/own");

    assertThat(world.portrait(root)).isEqualTo(before);
    assertThat(git(path, "symbolic-ref", "HEAD")).isEqualTo("refs/heads/own");
  }

  @Test
  void while_something_leads_the_head_the_branch_is_not_moved() {
    Path path = prepared(order());
    git(path, "switch", "--quiet", "--create", "own");
    write(path, "README", "mine");
    commit(path, "mine");
    write(root, "README", "theirs");
    commit(root, "theirs");
    String base = git(root, "rev-parse", "task/TASK-0001");
    assertThat(world.tryGit(path, "rebase", "main").exit()).isNotZero();

    assertThat(workspaces.snapshot(order(), 1).elsewhere()).isPresent();

    assertThat(git(root, "rev-parse", "task/TASK-0001")).isEqualTo(base);
    git(path, "rebase", "--abort");
    assertThat(workspaces.snapshot(order(), 1).elsewhere()).isEmpty();
  }

  @Test
  void nested_repositories_and_very_large_files_are_left_out_and_block_removal() {
    Path path = prepared(order());
    write(path, "notes", "mine");
    write(path, "big", "x".repeat((1 << 20) + 1));
    git(path, "init", "--quiet", "nested");
    write(path.resolve("nested"), "inner", "1");
    commit(path.resolve("nested"), "inner");
    git(path, "init", "--quiet", "empty");

    assertThat(workspaces.snapshot(order(), 1).snapshot()).isPresent();

    assertThat(git(root, "ls-tree", "-r", "--name-only", WIP)).isEqualTo("README\nnotes");
    assertThat(workspaces.remove(order()))
        .isInstanceOfSatisfying(
            Removal.Kept.class,
            kept ->
                assertThat(kept.reasons())
                    .anyMatch(reason -> reason.contains("nested is a repository"))
                    .anyMatch(reason -> reason.contains("empty is a repository"))
                    .anyMatch(reason -> reason.contains("big")));
    assertThat(read(path, "nested/inner")).isEqualTo("1");
  }

  @Test
  void it_is_the_same_while_nothing_changes_and_its_predecessors_stay_in_the_log() {
    Path path = prepared(order());
    write(path, "notes", "one");
    var first = workspaces.snapshot(order(), 1).snapshot();
    assertThat(workspaces.snapshot(order(), 1).snapshot()).isEqualTo(first);
    write(path, "notes", "two");
    var second = workspaces.snapshot(order(), 1).snapshot();

    assertThat(second).isNotEqualTo(first);
    assertThat(git(root, "rev-parse", WIP + "@{1}")).isEqualTo(first.orElseThrow());
  }

  @Test
  void changes_that_were_thrown_away_do_not_come_back_but_are_not_lost() {
    Path path = prepared(order());
    write(path, "notes", "a bad idea");
    workspaces.snapshot(order(), 1);
    git(path, "clean", "-fdq");
    assertThat(workspaces.snapshot(order(), 1).snapshot()).isEmpty();
    world.lose(path.toString());

    ready(workspaces.prepare(order(), 2, false));

    assertThat(status(path)).isEmpty();
    assertThat(git(root, "show", "refs/salvor/TASK-0001/1/discarded:notes"))
        .isEqualTo("a bad idea");
  }

  @Test
  void a_lock_on_the_users_index_is_no_hindrance() throws IOException {
    Path path = prepared(order());
    write(path, "notes", "mine");
    Files.createFile(root.resolve(".git/worktrees/project-TASK-0001/index.lock"));
    assertThat(workspaces.snapshot(order(), 1).snapshot()).isPresent();
  }

  @Test
  void an_executable_and_a_link_come_back_as_such() throws IOException {
    Path path = prepared(order());
    write(path, "run", "#!/bin/sh\n");
    assertThat(path.resolve("run").toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(path.resolve("link"), Path.of("README"));
    workspaces.snapshot(order(), 1);
    world.lose(path.toString());

    ready(workspaces.prepare(order(), 2, false));

    assertThat(Files.isExecutable(path.resolve("run"))).isTrue();
    assertThat(Files.readSymbolicLink(path.resolve("link"))).isEqualTo(Path.of("README"));
  }
}
