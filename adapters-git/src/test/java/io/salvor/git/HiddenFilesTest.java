package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.workspace.BroughtIn;
import io.salvor.domain.workspace.DiffScope;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.Removal.Kept;
import io.salvor.domain.workspace.Removal.Removed;
import io.salvor.domain.workspace.RescueOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Z16, Z17: work is work, also where the index is told not to look at it.
class HiddenFilesTest extends GitFixture {
  private static final String WIP = "refs/salvor/TASK-0001/1/wip";

  @BeforeEach
  void commitFiles() {
    write(root, "assumed", "1");
    write(root, "skipped", "1");
    commit(root, "two files");
  }

  /// A workspace, or another checkout, with changes in two files that git shows nothing of.
  private Path hidden(Path path) {
    git(path, "update-index", "--assume-unchanged", "assumed");
    git(path, "update-index", "--skip-worktree", "skipped");
    write(path, "assumed", "edited");
    write(path, "skipped", "edited too");
    assertThat(status(path)).isEmpty();
    return path;
  }

  @Test
  void a_removal_waits_until_a_snapshot_has_them() {
    Path path = hidden(prepared(order()));

    assertThat(workspaces.remove(order()))
        .isInstanceOfSatisfying(
            Kept.class,
            kept -> assertThat(kept.reasons()).anyMatch(it -> it.contains("assumed, skipped")));
    assertThat(workspaces.snapshot(order(), 1).uncommittedFiles()).isEqualTo(2);
    assertThat(status(path)).isEmpty();
    assertThat(workspaces.inspect(order()).uncommittedFiles()).isEqualTo(2);
    assertThat(workspaces.remove(order())).isInstanceOf(Removed.class);

    assertThat(git(root, "show", WIP + ":assumed")).isEqualTo("edited");
    assertThat(git(root, "show", WIP + ":skipped")).isEqualTo("edited too");
  }

  @Test
  void a_fresh_start_keeps_them_and_takes_them_back_to_the_base() {
    Path path = hidden(prepared(order()));

    ready(workspaces.prepare(order(), 2, true));

    assertThat(read(path, "assumed")).isEqualTo("1");
    assertThat(read(path, "skipped")).isEqualTo("1");
    assertThat(git(root, "show", WIP + ":assumed")).isEqualTo("edited");
    assertThat(git(root, "show", WIP + ":skipped")).isEqualTo("edited too");
  }

  @Test
  void a_rescue_commits_them_and_a_diff_shows_them() {
    hidden(prepared(order()));
    assertThat(uncommitted()).contains("+edited", "+edited too");

    assertThat(workspaces.rescue(order(), "what was left"))
        .isInstanceOfSatisfying(
            RescueOutcome.Rescued.class,
            it -> assertThat(it.files()).containsExactly("assumed", "skipped"));

    assertThat(workspaces.inspect(order()).uncommittedFiles()).isZero();
  }

  private String uncommitted() {
    var diff = new StringBuilder();
    workspaces.diff(
        order(),
        new DiffScope.Uncommitted(),
        false,
        piece -> diff.append(new String(piece, StandardCharsets.UTF_8)));
    return diff.toString();
  }

  @Test
  void a_diff_shows_new_files_beside_a_repository_without_commits() {
    Path path = prepared(order());
    git(path, "init", "--quiet", "nested");
    write(path, "new", "mine");

    assertThat(uncommitted()).contains("+mine").doesNotContain("nested");
  }

  @Test
  void a_target_that_is_brought_in_overwrites_none() {
    Path path = hidden(prepared(order()));
    write(root, "assumed", "theirs");
    commit(root, "theirs");

    assertThat(workspaces.bringIn(order(), "main").orElseThrow())
        .isInstanceOf(BroughtIn.InTheWay.class);

    assertThat(read(path, "assumed")).isEqualTo("edited");
  }

  @Test
  void a_merge_overwrites_none_in_a_checkout_of_the_target() {
    Path path = prepared(order());
    write(path, "assumed", "mine");
    String tip = commit(path, "mine");
    hidden(root);

    assertThat(workspaces.merge(mergeOrder(tip))).isInstanceOf(MergeOutcome.DirtyOverlap.class);

    assertThat(read(root, "assumed")).isEqualTo("edited");
    assertThat(status(root)).isEmpty();
  }

  @Test
  void what_a_sparse_checkout_leaves_out_is_no_change() throws IOException {
    Path path = prepared(order());
    git(path, "update-index", "--skip-worktree", "skipped");
    Files.delete(path.resolve("skipped"));

    assertThat(workspaces.inspect(order()).uncommittedFiles()).isZero();
    assertThat(workspaces.snapshot(order(), 1).snapshot()).isEmpty();
    assertThat(workspaces.remove(order())).isInstanceOf(Removed.class);
  }

  /// A workspace in a sparse checkout, with work inside of it and outside.
  private Path sparse() {
    write(root, "web/kept", "1");
    write(root, "web/changed", "1");
    write(root, "core/file", "1");
    commit(root, "two directories");
    git(root, "sparse-checkout", "set", "core");
    Path path = prepared(order());
    assertThat(path.resolve("web")).doesNotExist();
    write(path, "core/file", "edited");
    write(path, "web/changed", "edited too");
    write(path, "web/new", "mine");
    return path;
  }

  @Test
  void a_snapshot_holds_work_outside_of_a_sparse_checkout_and_gives_it_back() {
    Path path = sparse();

    assertThat(workspaces.snapshot(order(), 1).uncommittedFiles()).isEqualTo(3);

    assertThat(git(root, "show", WIP + ":core/file")).isEqualTo("edited");
    assertThat(git(root, "show", WIP + ":web/changed")).isEqualTo("edited too");
    assertThat(git(root, "show", WIP + ":web/new")).isEqualTo("mine");
    assertThat(git(root, "show", WIP + ":web/kept")).isEqualTo("1");
    assertThat(workspaces.remove(order())).isInstanceOf(Removed.class);

    ready(workspaces.prepare(order(), 2, false));
    assertThat(read(path, "web/changed")).isEqualTo("edited too");
    assertThat(read(path, "web/new")).isEqualTo("mine");
    assertThat(path.resolve("web/kept")).doesNotExist();
    assertThat(workspaces.inspect(order()).uncommittedFiles()).isEqualTo(3);
  }

  @Test
  void a_rescue_commits_work_outside_of_a_sparse_checkout_and_a_diff_shows_it() {
    sparse();
    assertThat(uncommitted()).contains("+edited too", "+mine");

    assertThat(workspaces.rescue(order(), "what was left"))
        .isInstanceOf(RescueOutcome.Rescued.class);

    assertThat(git(root, "show", order().branch() + ":web/changed")).isEqualTo("edited too");
    assertThat(git(root, "show", order().branch() + ":web/new")).isEqualTo("mine");
    assertThat(workspaces.inspect(order()).uncommittedFiles()).isZero();
  }
}
