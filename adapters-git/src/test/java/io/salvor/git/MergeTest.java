package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.workspace.MergeOrder;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.MergeOutcome.Conflict;
import io.salvor.domain.workspace.MergeOutcome.DirtyOverlap;
import io.salvor.domain.workspace.MergeOutcome.Failed;
import io.salvor.domain.workspace.MergeOutcome.Gone;
import io.salvor.domain.workspace.MergeOutcome.Merged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Z17, Z19: a merge is what git says it is, and takes nothing from whoever has the target checked
/// out.
class MergeTest extends GitFixture {

  /// A task branch that adds `done`, one commit ahead of `main`.
  private String work() {
    Path path = prepared(order());
    write(path, "done", "1");
    return commit(path, "done");
  }

  private void mainMovesOn() {
    write(root, "other", "2");
    commit(root, "other");
  }

  @Test
  void a_merge_commit_has_both_parents_and_the_projects_identity() {
    String tip = work();
    mainMovesOn();
    String before = git(root, "rev-parse", "main");

    assertThat(workspaces.merge(mergeOrder(tip)))
        .isEqualTo(new Merged(git(root, "rev-parse", "main")));

    assertThat(git(root, "log", "-1", "--format=%P|%an|%ae|%cn|%ce|%s", "main"))
        .isEqualTo(
            before
                + " "
                + tip
                + "|Ann Author|ann@example.org|Ann Author|ann@example.org|Merge TASK-0001");
    assertThat(status(root)).isEmpty();
    assertThat(git(root, "reflog", "-1", "--format=%gs", "HEAD"))
        .isEqualTo("salvor: merge TASK-0001");
    assertThat(world.refs(root)).doesNotContain("/merge/");
  }

  @Test
  void where_the_project_names_nobody_salvor_signs() {
    git(root, "config", "--unset", "user.name");
    String tip = work();
    mainMovesOn();

    assertThat(workspaces.merge(mergeOrder(tip))).isInstanceOf(Merged.class);
    assertThat(git(root, "log", "-1", "--format=%an <%ae>", "main"))
        .isEqualTo("Salvor <salvor@localhost>");
  }

  @Test
  void a_target_that_is_checked_out_nowhere_moves_alone() {
    String tip = work();
    git(root, "switch", "--quiet", "-c", "elsewhere");
    String before = world.portrait(root);

    assertThat(workspaces.merge(mergeOrder(tip))).isEqualTo(new Merged(tip));
    assertThat(world.portrait(root)).isEqualTo(before);
    assertThat(git(root, "rev-parse", "main")).isEqualTo(tip);
  }

  @Test
  void a_target_that_is_checked_out_in_another_worktree_moves_there() {
    String tip = work();
    git(root, "switch", "--quiet", "-c", "elsewhere");
    Path other = world.directory().resolve("other tree");
    git(root, "worktree", "add", "--quiet", other.toString(), "main");
    write(other, "README", "being edited");

    assertThat(workspaces.merge(mergeOrder(tip))).isEqualTo(new Merged(tip));
    assertThat(read(other, "done")).isEqualTo("1");
    assertThat(status(other)).isEqualTo("M README");
    assertThat(read(root, "done")).isEqualTo("(absent)");
  }

  @Test
  void a_target_in_a_locked_worktree_that_is_away_does_not_move() throws IOException {
    String tip = work();
    git(root, "switch", "--quiet", "-c", "elsewhere");
    Path stick = world.directory().resolve("stick");
    git(root, "worktree", "add", "--quiet", "--lock", stick.toString(), "main");
    String before = git(root, "rev-parse", "main");
    Files.move(stick, world.directory().resolve("pocket"));

    assertThat(workspaces.merge(mergeOrder(tip)))
        .isEqualTo(
            new Failed("main is checked out in " + stick + ", which is locked and not there"));
    assertThat(git(root, "rev-parse", "main")).isEqualTo(before);

    Files.move(world.directory().resolve("pocket"), stick);
    assertThat(workspaces.merge(mergeOrder(tip))).isEqualTo(new Merged(tip));
    assertThat(status(stick)).isEmpty();
  }

  @Test
  void a_name_that_is_not_in_utf8_is_refused_and_the_checkout_left_alone() {
    String name = "$(printf 'caf\\351.txt')";
    shell(root, "echo 1 >" + name);
    commit(root, "latin");
    Path path = prepared(order());
    shell(path, "echo 2 >" + name);
    String tip = commit(path, "changed");
    shell(root, "echo precious >" + name);
    String before = status(root);

    assertThat(workspaces.merge(mergeOrder(tip)))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.detail()).contains("not in UTF-8", "caf\uFFFD.txt"));
    assertThat(status(root)).isEqualTo(before);
  }

  private void shell(Path where, String script) {
    assertThat(world.run(where, List.of("sh", "-c", script)).exit()).isZero();
  }

  @Test
  void renames_modes_links_and_deletions_arrive() throws IOException {
    write(root, "a/old", "long enough to be recognised\nwhen it is renamed\n");
    write(root, "gone/deep/file", "1");
    commit(root, "more");
    Path path = prepared(order());
    git(path, "mv", "a/old", "a/new");
    Files.delete(path.resolve("gone/deep/file"));
    write(path, "run", "#!/bin/sh\n");
    assertThat(path.resolve("run").toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(path.resolve("link"), Path.of("README"));
    String tip = commit(path, "all sorts");
    write(root, "a/old", "long enough to be recognised\nwhen it is renamed\nand changed\n");
    commit(root, "changed under its old name");

    assertThat(workspaces.merge(mergeOrder(tip))).isInstanceOf(Merged.class);

    assertThat(status(root)).isEmpty();
    assertThat(read(root, "a/new")).endsWith("and changed\n");
    assertThat(root.resolve("gone")).doesNotExist();
    assertThat(Files.isExecutable(root.resolve("run"))).isTrue();
    assertThat(Files.isSymbolicLink(root.resolve("link"))).isTrue();
  }

  @Test
  void a_conflict_names_all_its_files_and_leaves_everything() {
    write(root, "two", "2");
    commit(root, "two");
    Path path = prepared(order());
    write(path, "README", "theirs");
    write(path, "two", "theirs");
    String tip = commit(path, "theirs");
    write(root, "README", "ours");
    write(root, "two", "ours");
    commit(root, "ours");
    String before = world.portrait(root);
    String refs = world.refs(root);

    assertThat(workspaces.merge(mergeOrder(tip))).isEqualTo(new Conflict(List.of("README", "two")));
    assertThat(world.portrait(root)).isEqualTo(before);
    assertThat(world.refs(root)).isEqualTo(refs);
  }

  @Test
  void unrelated_histories_fail_in_gits_words() {
    work();
    git(root, "checkout", "--quiet", "--orphan", "apart");
    write(root, "apart", "1");
    String apart = commit(root, "apart");
    git(root, "update-ref", "refs/heads/task/TASK-0001", apart);

    assertThat(workspaces.merge(mergeOrder(apart)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.detail()).contains("unrelated"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "untracked, done",
    "staged, done",
    "ignored, done",
    "directory, done",
    "ignored directory, done",
  })
  void anything_where_a_new_file_is_to_be_is_refused_and_kept(String what, String name) {
    write(root, ".gitignore", what.startsWith("ignored") ? "done\n" : "nothing\n");
    commit(root, "ignore");
    Path path = prepared(order());
    write(path, name, "theirs");
    git(path, "add", "--force", name);
    String tip = commit(path, "done");
    String mine = what.endsWith("directory") ? "done/inside" : name;
    write(root, mine, "precious");
    if (what.equals("staged")) {
      git(root, "add", mine);
    }
    String before = world.portrait(root);

    assertThat(workspaces.merge(mergeOrder(tip)))
        .isInstanceOfSatisfying(
            DirtyOverlap.class,
            overlap -> assertThat(overlap.files()).allMatch(file -> file.startsWith("done")));
    assertThat(world.portrait(root)).isEqualTo(before);
  }

  @Test
  void a_file_where_a_new_directory_is_to_be_is_refused_and_kept() {
    write(root, ".gitignore", "dir\n");
    commit(root, "ignore");
    Path path = prepared(order());
    write(path, "dir/new", "theirs");
    git(path, "add", "--force", "dir/new");
    String tip = commit(path, "dir");
    write(root, "dir", "precious");

    assertThat(workspaces.merge(mergeOrder(tip))).isEqualTo(new DirtyOverlap(List.of("dir")));
    assertThat(read(root, "dir")).isEqualTo("precious");
  }

  @Test
  void a_deleted_file_that_is_being_edited_is_refused_and_kept() throws IOException {
    Path path = prepared(order());
    Files.delete(path.resolve("README"));
    String tip = commit(path, "without README");
    write(root, "README", "being edited");

    assertThat(workspaces.merge(mergeOrder(tip))).isEqualTo(new DirtyOverlap(List.of("README")));
    assertThat(read(root, "README")).isEqualTo("being edited");
  }

  @Test
  void a_file_that_was_only_touched_is_no_overlap() throws IOException {
    Path path = prepared(order());
    write(path, "README", "theirs");
    String tip = commit(path, "theirs");
    Files.setLastModifiedTime(root.resolve("README"), FileTime.fromMillis(1_000_000));

    assertThat(workspaces.merge(mergeOrder(tip))).isEqualTo(new Merged(tip));
    assertThat(status(root)).isEmpty();
  }

  @Test
  void a_checkout_in_the_middle_of_something_is_left_alone() {
    String tip = work();
    git(root, "switch", "--quiet", "-c", "side");
    write(root, "README", "side");
    commit(root, "side");
    git(root, "switch", "--quiet", "main");
    write(root, "README", "ours");
    commit(root, "ours");
    assertThat(world.tryGit(root, "merge", "side").exit()).isNotZero();
    String before = world.portrait(root);

    assertThat(workspaces.merge(mergeOrder(tip)))
        .isEqualTo(new Failed(root + " is in the middle of a merge"));
    assertThat(world.portrait(root)).isEqualTo(before);

    git(root, "merge", "--abort");
    assertThat(world.tryGit(root, "rebase", "side").exit()).isNotZero();
    assertThat(workspaces.merge(mergeOrder(tip)))
        .isEqualTo(new Failed(root + " is in the middle of a rebase"));
    git(root, "rebase", "--abort");
    assertThat(workspaces.merge(mergeOrder(tip))).isInstanceOf(Merged.class);
  }

  @Test
  void a_locked_index_of_the_users_is_respected() throws IOException {
    String tip = work();
    Path lock = Files.createFile(root.resolve(".git/index.lock"));

    assertThat(workspaces.merge(mergeOrder(tip)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.detail()).contains("index.lock"));
    assertThat(lock).exists();
  }

  @Test
  void what_is_gone_is_named() {
    String tip = work();
    var elsewhere =
        new MergeOrder(
            root.toString(), order().display(), order().branch(), tip, "bad..name", "Merge");
    assertThat(workspaces.merge(elsewhere)).isEqualTo(Gone.branch("bad..name"));
    assertThat(workspaces.merge(mergeOrder("f".repeat(40))))
        .isEqualTo(new Gone("commit " + "f".repeat(40)));
    git(root, "update-ref", "-d", "refs/heads/task/TASK-0001");
    assertThat(workspaces.merge(mergeOrder(tip))).isEqualTo(new Gone("branch task/TASK-0001"));
  }

  @Test
  void what_is_merged_stays_merged_whatever_becomes_of_the_branch() {
    String tip = work();
    MergeOutcome merged = workspaces.merge(mergeOrder(tip));
    assertThat(merged).isEqualTo(new Merged(tip));
    write(prepared(order()), "more", "1");
    commit(prepared(order()), "more");
    assertThat(workspaces.merge(mergeOrder(tip))).isEqualTo(merged);
    world.lose(prepared(order()).toString());
    git(root, "worktree", "prune");
    git(root, "branch", "-D", "task/TASK-0001");
    assertThat(workspaces.merge(mergeOrder(tip))).isEqualTo(merged);
  }

  @Test
  void a_target_that_moves_while_it_is_merged_into_is_merged_into_as_it_is_then() {
    String tip = work();
    boolean[] moved = {false};
    workspaces =
        world.workspaces(
            "git",
            step -> {
              if (step.equals("git read-tree") && !moved[0]) {
                moved[0] = true;
                String tree = git(root, "rev-parse", "main^{tree}");
                String pushed = git(root, "commit-tree", tree, "-p", "main", "-m", "pushed");
                git(root, "update-ref", "refs/heads/main", pushed);
              }
            });

    assertThat(workspaces.merge(mergeOrder(tip))).isInstanceOf(Merged.class);

    assertThat(git(root, "log", "--format=%s", "--first-parent", "main"))
        .isEqualTo("Merge TASK-0001\npushed\nbegin");
    assertThat(status(root)).isEmpty();
    assertThat(read(root, "done")).isEqualTo("1");
  }
}
