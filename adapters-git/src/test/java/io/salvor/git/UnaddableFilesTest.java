package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.workspace.Removal;
import io.salvor.domain.workspace.WorkspacesUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Z5, Z16: a file that git cannot add costs a snapshot no other.
class UnaddableFilesTest extends GitFixture {
  private static final String WIP = "refs/salvor/TASK-0001/1/wip";
  private static final String DISCARDED = "refs/salvor/TASK-0001/1/discarded";

  /// From now on git can add no file of this ending.
  private void breakFilter(Path path) {
    git(root, "config", "filter.broken.required", "true");
    git(root, "config", "filter.broken.clean", "/no/such/program");
    write(path, ".gitattributes", "*.bin filter=broken\n");
  }

  private String saved() {
    return git(root, "ls-tree", "-r", "--name-only", WIP);
  }

  @Test
  void one_whose_filter_is_missing_is_left_out_by_name() {
    Path path = prepared(order());
    breakFilter(path);
    write(path, "a.bin", "1");
    write(path, "dir/b.bin", "1");
    write(path, "dir/notes", "mine");
    write(path, "README", "changed");

    workspaces.snapshot(order(), 1);

    assertThat(saved()).isEqualTo(".gitattributes\nREADME\ndir/notes");
    assertThat(git(root, "show", WIP + ":README")).isEqualTo("changed");
    assertThat(workspaces.remove(order())).isInstanceOf(Removal.Kept.class);
    assertThat(refused(workspaces.prepare(order(), 2, true)).detail())
        .contains("a.bin, dir/b.bin")
        .doesNotContain("notes");
    assertThat(read(path, "a.bin")).isEqualTo("1");
  }

  @Test
  void what_only_an_earlier_snapshot_holds_is_kept_once() {
    Path path = prepared(order());
    write(path, "a.bin", "1");
    String rich = workspaces.snapshot(order(), 1).snapshot().orElseThrow();
    breakFilter(path);
    workspaces.snapshot(order(), 1);
    write(path, "notes", "mine");
    workspaces.snapshot(order(), 1);

    assertThat(saved()).isEqualTo(".gitattributes\nREADME\nnotes");
    assertThat(git(root, "rev-parse", DISCARDED)).isEqualTo(rich);
    assertThat(world.refs(root)).doesNotContain(DISCARDED + "-2");
  }

  @Test
  void line_ends_that_git_is_to_refuse_are_saved() {
    git(root, "config", "core.autocrlf", "input");
    git(root, "config", "core.safecrlf", "true");
    Path path = prepared(order());
    write(path, "windows", "a\r\nb\r\n");
    write(path, "notes", "mine");

    workspaces.snapshot(order(), 1);

    assertThat(saved()).isEqualTo("README\nnotes\nwindows");
  }

  /// A git whose `add` dies `times` times.
  private void dyingAdd(int times) throws IOException {
    Path program = world.directory().resolve("dying-git");
    Files.writeString(
        program,
        """
        #!/bin/sh
        case " $* " in
        *" add "*)
          echo >>"$0.calls"
          [ $(wc -l <"$0.calls") -gt %d ] || { echo "fatal: unable to stat 'x'" >&2; exit 128; } ;;
        esac
        exec git "$@"
        """
            .formatted(times));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    workspaces = world.workspaces(program.toString(), Steps.UNWATCHED);
  }

  @Test
  void a_file_that_vanishes_while_it_is_added_is_no_hindrance() throws IOException {
    Path path = prepared(order());
    write(path, "notes", "mine");
    dyingAdd(1);

    workspaces.snapshot(order(), 1);

    assertThat(saved()).isEqualTo("README\nnotes");
    assertThat(Files.readAllLines(world.directory().resolve("dying-git.calls"))).hasSize(2);
  }

  @Test
  void where_nothing_can_be_added_the_last_snapshot_stays() throws IOException {
    Path path = prepared(order());
    write(path, "notes", "mine");
    String last = workspaces.snapshot(order(), 1).snapshot().orElseThrow();
    for (int i = 0; i < 150; i++) {
      write(path, "more/" + i, "mine");
    }
    git(path, "add", "more/1");
    dyingAdd(Integer.MAX_VALUE);

    assertThatThrownBy(() -> workspaces.snapshot(order(), 1))
        .isInstanceOf(WorkspacesUnavailable.class)
        .hasMessageContaining("unable to stat");

    assertThat(git(root, "rev-parse", WIP)).isEqualTo(last);
  }
}
