package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.workspace.Preparation;
import io.salvor.domain.workspace.WorkspaceOrder;
import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Z15: a workspace can be asked for whatever is there of it already.
class PrepareTest extends GitFixture {

  @ParameterizedTest(name = "directory {0}, registration {1}, branch {2}, index.lock {3}")
  @CsvSource({
    "there, there, there, there",
    "there, there, there, none",
    "there, there, gone,  none",
    "there, there, gone,  there",
    "there, gone,  there, none",
    "there, gone,  gone,  none",
    "empty, there, there, none",
    "empty, gone,  there, none",
    "empty, gone,  gone,  none",
    "gone,  there, there, none",
    "gone,  there, gone,  none",
    "gone,  there, there, there",
    "gone,  gone,  there, none",
    "gone,  gone,  gone,  none",
  })
  void work_is_there_again_whatever_was_lost(
      String files, String registration, String branch, String lock) throws IOException {
    Path path = prepared(order());
    write(path, "done", "committed");
    String tip = commit(path, "done");
    write(path, "README", "changed");
    write(path, "notes/new", "untracked");
    workspaces.snapshot(order(), 1);
    Path privateDir = root.resolve(".git/worktrees/project-TASK-0001");
    if (lock.equals("there")) {
      Files.createFile(privateDir.resolve("index.lock"));
    }
    switch (files) {
      case "gone" -> world.lose(path.toString());
      case "empty" -> {
        world.lose(path.toString());
        Files.createDirectory(path);
      }
      default -> assertThat(path).exists();
    }
    if (registration.equals("gone")) {
      Trees.delete(privateDir);
    }
    if (branch.equals("gone")) {
      git(root, "update-ref", "-d", "refs/heads/task/TASK-0001");
    }

    assertThat(ready(workspaces.prepare(order(), 2, false))).isEqualTo(path);

    assertThat(git(path, "symbolic-ref", "HEAD")).isEqualTo("refs/heads/task/TASK-0001");
    assertThat(git(path, "rev-parse", "HEAD")).isEqualTo(tip);
    assertThat(status(path)).isEqualTo("M README\n?? notes/new");
    assertThat(read(path, "README")).isEqualTo("changed");
    assertThat(read(path, "notes/new")).isEqualTo("untracked");
    assertThat(git(root, "worktree", "list", "--porcelain")).doesNotContain("prunable", "locked");
  }

  @Test
  void a_branch_that_was_deleted_before_any_snapshot_begins_at_the_base() {
    Path path = prepared(order());
    String base = git(path, "rev-parse", "HEAD");
    world.lose(path.toString());
    git(root, "worktree", "prune");
    git(root, "branch", "-D", "task/TASK-0001");
    write(root, "README", "main moves on");
    commit(root, "main moves on");

    assertThat(git(ready(workspaces.prepare(order(), 1, false)), "rev-parse", "HEAD"))
        .isEqualTo(base);
  }

  @Test
  void the_base_is_the_one_asked_for_and_stays() {
    write(root, "later", "1");
    commit(root, "later");
    var order =
        new WorkspaceOrder(
            "lineage-1",
            order().task(),
            order().display(),
            root.toString(),
            Optional.of("HEAD~1"),
            List.of());
    Path path = prepared(order);

    assertThat(read(path, "later")).isEqualTo("(absent)");
    assertThat(git(root, "rev-parse", "refs/salvor/TASK-0001/base"))
        .isEqualTo(git(root, "rev-parse", "HEAD~1"));
    commit(root, "even later");
    assertThat(ready(workspaces.prepare(order, 2, false))).isEqualTo(path);
    assertThat(git(path, "rev-parse", "HEAD")).isEqualTo(git(root, "rev-parse", "HEAD~2"));
  }

  @Test
  void a_git_file_that_an_agent_deleted_is_put_back() throws IOException {
    Path path = prepared(order());
    write(path, "notes", "mine");
    Files.delete(path.resolve(".git"));

    assertThat(workspaces.prepare(order(), 1, false))
        .isInstanceOfSatisfying(
            Preparation.Ready.class, ready -> assertThat(ready.created()).isFalse());
    assertThat(status(path)).isEqualTo("?? notes");
  }

  @Test
  void a_workspace_that_became_a_repository_of_its_own_is_refused() throws IOException {
    Path path = prepared(order());
    Files.delete(path.resolve(".git"));
    git(path, "init", "--quiet");

    assertThat(refused(workspaces.prepare(order(), 1, false)).kind()).isEqualTo(Kind.PATH_OCCUPIED);
  }

  @ParameterizedTest
  @CsvSource({"gitdir: nowhere", "''"})
  void a_link_that_git_could_not_finish_is_cleared_away(String link) throws IOException {
    Path debris = Files.createDirectories(root.resolve(".git/worktrees/project-TASK-0001"));
    Path path = Files.createDirectory(world.directory().resolve("project-TASK-0001"));
    // the owner was recorded before git began
    git(root, "update-ref", "refs/salvor/TASK-0001/owner", ownerBlob());
    Files.writeString(debris.resolve("locked"), Owner.of(order()).line());
    Files.writeString(debris.resolve("gitdir"), path.resolve(".git") + "\n");
    Files.writeString(path.resolve(".git"), link);

    assertThat(status(prepared(order()))).isEmpty();
  }

  private String ownerBlob() throws IOException {
    Path text = Files.writeString(world.directory().resolve("owner"), Owner.of(order()).line());
    return git(root, "hash-object", "-w", text.toString());
  }

  @ParameterizedTest
  @CsvSource({"none, none", "empty, none", "ours, none", "ours, empty"})
  void what_a_git_that_died_at_its_beginning_left_behind_is_cleared_away(String lock, String gitdir)
      throws IOException {
    Path debris = Files.createDirectories(root.resolve(".git/worktrees/project-TASK-0001"));
    if (!lock.equals("none")) {
      String line = lock.equals("ours") ? Owner.of(order()).line() : "";
      Files.writeString(debris.resolve("locked"), line);
    }
    if (!gitdir.equals("none")) {
      Files.createFile(debris.resolve("gitdir"));
    }

    prepared(order());

    assertThat(root.resolve(".git/worktrees").toFile().list()).containsExactly("project-TASK-0001");
  }

  @Test
  void a_directory_that_is_no_workspace_is_refused_and_left_alone() throws IOException {
    Path path = world.directory().resolve("project-TASK-0001");
    write(path, "precious", "1");
    String before = world.refs(root);

    var problem = refused(workspaces.prepare(order(), 1, false));

    assertThat(problem.kind()).isEqualTo(Kind.PATH_OCCUPIED);
    assertThat(problem.detail()).contains(path.toString());
    assertThat(read(path, "precious")).isEqualTo("1");
    assertThat(world.refs(root)).isEqualTo(before);
    assertThat(root.resolve(".git/worktrees")).doesNotExist();
  }

  @Test
  void a_link_or_a_file_in_the_workspaces_place_is_refused() throws IOException {
    Path path = world.directory().resolve("project-TASK-0001");
    Files.createSymbolicLink(path, Files.createDirectory(world.directory().resolve("elsewhere")));
    assertThat(refused(workspaces.prepare(order(), 1, false)).kind()).isEqualTo(Kind.PATH_OCCUPIED);
    Files.delete(path);
    Files.writeString(path, "a file");
    assertThat(refused(workspaces.prepare(order(), 1, false)).kind()).isEqualTo(Kind.PATH_OCCUPIED);
  }

  @Test
  void a_worktree_that_a_person_made_there_is_refused() {
    Path path = world.directory().resolve("project-TASK-0001");
    git(root, "worktree", "add", "--quiet", "-b", "own", path.toString());
    String before = world.refs(root);

    assertThat(refused(workspaces.prepare(order(), 1, false)).kind()).isEqualTo(Kind.PATH_OCCUPIED);
    assertThat(world.refs(root)).isEqualTo(before);
    assertThat(git(path, "symbolic-ref", "HEAD")).isEqualTo("refs/heads/own");
  }

  @Test
  void a_branch_without_a_recorded_owner_is_refused_by_name() {
    git(root, "branch", "task/TASK-0001");

    var problem = refused(workspaces.prepare(order(), 1, false));

    assertThat(problem.kind()).isEqualTo(Kind.FOREIGN_OWNER);
    assertThat(problem.detail()).contains("task/TASK-0001");
  }

  @Test
  void another_stores_workspace_is_refused_by_name() {
    Path path = prepared(order());
    var other =
        new WorkspaceOrder(
            "lineage-2",
            order().task(),
            order().display(),
            root.toString(),
            Optional.empty(),
            List.of());

    var problem = refused(workspaces.prepare(other, 1, false));
    assertThat(problem.kind()).isEqualTo(Kind.FOREIGN_OWNER);
    assertThat(problem.detail()).contains("lineage-1");

    world.lose(path.toString());
    git(root, "worktree", "prune");
    assertThat(refused(workspaces.prepare(other, 1, false)).kind()).isEqualTo(Kind.FOREIGN_OWNER);
  }

  @Test
  void a_workspace_that_was_put_on_another_branch_is_refused_with_the_command_that_mends_it() {
    Path path = prepared(order());
    commit(path, "work");
    git(path, "switch", "--quiet", "--create", "elsewhere", "HEAD^");

    var problem = refused(workspaces.prepare(order(), 2, false));
    assertThat(problem.kind()).isEqualTo(Kind.ON_ANOTHER_BRANCH);
    assertThat(problem.kind().permanent()).isTrue();

    git(path, "switch", "--quiet", problem.hint().substring(problem.hint().lastIndexOf(' ') + 1));
    assertThat(prepared(order())).isEqualTo(path);
  }

  @Test
  void a_branch_that_is_checked_out_elsewhere_is_refused() {
    Path path = prepared(order());
    world.lose(path.toString());
    git(root, "worktree", "prune");
    git(root, "switch", "--quiet", "task/TASK-0001");

    var problem = refused(workspaces.prepare(order(), 2, false));
    assertThat(problem.kind()).isEqualTo(Kind.BRANCH_CHECKED_OUT_ELSEWHERE);
    assertThat(problem.detail()).contains(root.toString());

    git(root, "switch", "--quiet", "main");
    git(root, "worktree", "add", "--quiet", world.directory() + "/other", "task/TASK-0001");
    assertThat(refused(workspaces.prepare(order(), 2, false)).detail()).contains("/other");
  }

  @Test
  void a_missing_workspace_that_a_person_locked_is_not_made_anew() {
    Path path = prepared(order());
    git(root, "worktree", "lock", "--reason", "on a stick", path.toString());
    assertThat(ready(workspaces.prepare(order(), 1, false))).isEqualTo(path);
    world.lose(path.toString());

    var problem = refused(workspaces.prepare(order(), 2, false));
    assertThat(problem.kind()).isEqualTo(Kind.LOCKED);
    assertThat(problem.detail()).contains("on a stick");
  }

  @Test
  void what_was_staged_or_on_no_branch_in_a_deleted_workspace_is_kept() {
    Path path = prepared(order());
    git(path, "switch", "--quiet", "--detach");
    write(path, "adrift", "1");
    String adrift = commit(path, "adrift");
    write(path, "staged", "2");
    git(path, "add", "staged");
    world.lose(path.toString());

    ready(workspaces.prepare(order(), 2, false));

    assertThat(git(root, "rev-parse", "refs/salvor/TASK-0001/2/detached")).isEqualTo(adrift);
    assertThat(git(root, "show", "refs/salvor/TASK-0001/2/staged:staged")).isEqualTo("2");
  }

  @Test
  void commits_made_on_a_detached_head_land_on_the_branch() {
    Path path = prepared(order());
    git(path, "switch", "--quiet", "--detach");
    write(path, "adrift", "1");
    String adrift = commit(path, "adrift");

    ready(workspaces.prepare(order(), 2, false));

    assertThat(git(path, "symbolic-ref", "HEAD")).isEqualTo("refs/heads/task/TASK-0001");
    assertThat(git(root, "rev-parse", "task/TASK-0001")).isEqualTo(adrift);
    assertThat(status(path)).isEmpty();
  }

  @Test
  void a_workspace_on_another_branch_is_refused_with_the_command_that_mends_it() {
    Path path = prepared(order());
    commit(path, "work");
    git(path, "switch", "--quiet", "-c", "own", "HEAD^");

    var problem = refused(workspaces.prepare(order(), 2, false));

    assertThat(problem.detail()).contains("refs/heads/own");
    assertThat(problem.hint()).contains("switch task/TASK-0001");
  }

  @Test
  void a_rebase_that_an_agent_left_half_done_can_be_gone_on_with() {
    Path path = prepared(order());
    write(path, "README", "mine");
    commit(path, "mine");
    write(root, "README", "theirs");
    commit(root, "theirs");
    assertThat(world.tryGit(path, "rebase", "main").exit()).isNotZero();

    assertThat(ready(workspaces.prepare(order(), 2, false))).isEqualTo(path);
    assertThat(status(path)).isEqualTo("UU README");
  }

  @Test
  void a_branch_named_task_leaves_no_room_and_is_named() {
    git(root, "branch", "task");
    var problem = refused(workspaces.prepare(order(), 1, false));
    assertThat(problem.kind()).isEqualTo(Kind.PATH_OCCUPIED);
    assertThat(problem.detail()).contains("'task'");
  }

  @Test
  void the_users_hooks_are_not_run() throws IOException {
    Path hook = root.resolve(".git/hooks/post-checkout");
    Files.createDirectories(root.resolve(".git/hooks"));
    Files.writeString(hook, "#!/bin/sh\nexit 1\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();

    assertThat(read(prepared(order()), "README")).isEqualTo("hello");
  }

  /// Z17.
  @Test
  void the_main_checkout_is_not_touched() {
    write(root, "README", "being edited");
    write(root, "staged", "1");
    git(root, "add", "staged");
    write(root, "untracked", "2");
    String before = world.portrait(root);

    Path path = prepared(order());
    write(path, "work", "1");
    workspaces.snapshot(order(), 1);
    workspaces.prepare(order(), 2, true);
    workspaces.briefing(order());
    workspaces.remove(order());

    assertThat(world.portrait(root)).isEqualTo(before);
  }
}
