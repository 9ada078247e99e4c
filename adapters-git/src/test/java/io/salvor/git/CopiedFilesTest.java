package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.workspace.DiffScope;
import io.salvor.domain.workspace.Removal.Removed;
import io.salvor.domain.workspace.RescueOutcome;
import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Z18: copying reads nothing outside the project and writes nothing outside the workspace.
class CopiedFilesTest extends GitFixture {

  @Test
  void files_and_directories_are_copied_with_their_permissions_once() throws IOException {
    write(root, ".env", "SECRET=1");
    Files.setPosixFilePermissions(
        root.resolve(".env"), PosixFilePermissions.fromString("rw-------"));
    write(root, "config/local/a", "1");
    write(root, "config/local/b/c", "2");
    var order = world.order(root, 1, ".env", "config/local", "missing");
    Path path = prepared(order);

    assertThat(read(path, ".env")).isEqualTo("SECRET=1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve(".env"))))
        .isEqualTo("rw-------");
    assertThat(read(path, "config/local/b/c")).isEqualTo("2");

    write(root, ".env", "SECRET=2");
    prepared(order);
    assertThat(read(path, ".env")).isEqualTo("SECRET=1");
  }

  @Test
  void a_fresh_start_lays_what_is_missing_and_leaves_what_is_there() throws IOException {
    write(root, ".gitignore", "ignored\n");
    commit(root, "ignore");
    write(root, "ignored", "1");
    write(root, "seen/a", "1");
    write(root, "seen/b", "1");
    var order = world.order(root, 1, "ignored", "seen");
    Path path = prepared(order);
    write(path, "ignored", "2");
    write(path, "seen/a", "2");
    Files.delete(path.resolve("seen/b"));

    ready(workspaces.prepare(order, 2, true));

    assertThat(read(path, "ignored")).isEqualTo("2");
    assertThat(read(path, "seen/a")).isEqualTo("2");
    assertThat(read(path, "seen/b")).isEqualTo("1");
  }

  @Test
  void copies_that_nobody_ignores_are_in_no_snapshot_no_diff_and_no_commit() {
    write(root, ".env", "SECRET=1");
    write(root, "keys/one", "SECRET=2");
    var order = world.order(root, 1, ".env", "keys");
    Path path = prepared(order);
    assertThat(workspaces.inspect(order).uncommittedFiles()).isZero();
    assertThat(workspaces.snapshot(order, 1).snapshot()).isEmpty();
    write(path, "notes", "mine");
    write(path, "keys/of the agent", "mine");

    assertThat(workspaces.snapshot(order, 1).uncommittedFiles()).isEqualTo(2);
    assertThat(workspaces.briefing(order)).contains("notes").doesNotContain(".env", "keys/one");
    var diff = new StringBuilder();
    workspaces.diff(
        order,
        new DiffScope.Uncommitted(),
        false,
        piece -> diff.append(new String(piece, StandardCharsets.UTF_8)));
    assertThat(diff.toString()).contains("+mine").doesNotContain("SECRET");
    assertThat(git(root, "ls-tree", "-r", "--name-only", "refs/salvor/TASK-0001/1/wip"))
        .isEqualTo("README\nkeys/of the agent\nnotes");
    assertThat(workspaces.rescue(order, "what was left"))
        .isInstanceOfSatisfying(
            RescueOutcome.Rescued.class,
            it -> assertThat(it.files()).containsExactly("keys/of the agent", "notes"));
    assertThat(git(path, "ls-files")).isEqualTo("README\nkeys/of the agent\nnotes");
    assertThat(read(path, ".env")).isEqualTo("SECRET=1");
    assertThat(workspaces.remove(order)).isEqualTo(new Removed(List.of(".env", "keys/one")));
  }

  @Test
  void a_copy_that_git_tracks_is_work_where_it_changes() {
    write(root, "settings", "1");
    commit(root, "settings");
    var order = world.order(root, 1, "settings");
    Path path = prepared(order);
    write(path, "settings", "2");

    assertThat(workspaces.snapshot(order, 1).uncommittedFiles()).isEqualTo(1);

    assertThat(git(root, "show", "refs/salvor/TASK-0001/1/wip:settings")).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../outside", "a/../../outside", ".git/config", "", "."})
  void a_name_that_is_no_path_inside_the_project_is_refused_before_anything_is_made(String name) {
    String before = world.refs(root);
    assertThat(refused(workspaces.prepare(world.order(root, 1, name), 1, false)).kind())
        .isEqualTo(Kind.COPY_FAILED);
    assertThat(world.refs(root)).isEqualTo(before);
  }

  @Test
  void a_link_that_leads_out_is_refused_and_nothing_is_left_behind() throws IOException {
    Files.writeString(world.directory().resolve("outside"), "secret");
    Files.createSymbolicLink(root.resolve("link"), Path.of("../outside"));
    Files.createSymbolicLink(root.resolve("dir"), Path.of("../home"));
    write(root, "folder/file", "1");
    Files.createSymbolicLink(root.resolve("folder/inner"), Path.of("../../outside"));
    String before = world.refs(root);

    for (String name : new String[] {"link", "dir", "dir/.", "folder"}) {
      assertThat(refused(workspaces.prepare(world.order(root, 1, name), 1, false)).kind())
          .isEqualTo(Kind.COPY_FAILED);
      assertThat(world.refs(root)).isEqualTo(before);
      assertThat(world.directory().resolve("project-TASK-0001")).doesNotExist();
      assertThat(git(root, "worktree", "list").lines()).hasSize(1);
    }
  }

  @Test
  void a_refused_copy_leaves_an_empty_directory_where_it_was() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), Path.of("../outside"));
    Path path = Files.createDirectory(world.directory().resolve("project-TASK-0001"));
    refused(workspaces.prepare(world.order(root, 1, "link"), 1, false));
    assertThat(path).isEmptyDirectory();
  }

  @Test
  void a_link_in_the_base_does_not_lead_a_copy_out_of_the_workspace() throws IOException {
    Path outside = Files.createDirectory(world.directory().resolve("outside"));
    Files.createSymbolicLink(root.resolve("conf"), outside);
    commit(root, "a link to elsewhere");
    Files.delete(root.resolve("conf"));
    write(root, "conf/local", "1");

    assertThat(refused(workspaces.prepare(world.order(root, 1, "conf/local"), 1, false)).kind())
        .isEqualTo(Kind.COPY_FAILED);
    assertThat(outside).isEmptyDirectory();
  }
}
