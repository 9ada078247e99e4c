package io.salvor.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.Project;
import io.salvor.domain.workspace.ProjectView;
import io.salvor.domain.workspace.Removal;
import io.salvor.domain.workspace.WorkspacesUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Projects where people keep them.
class OddPlacesTest extends GitFixture {

  private void assertWholeLifeWorks() {
    Path path = prepared(order());
    write(path, "done", "1");
    String tip = commit(path, "done");
    write(path, "half", "2");
    assertThat(workspaces.snapshot(order(), 1).snapshot()).isPresent();
    world.lose(path.toString());
    assertThat(ready(workspaces.prepare(order(), 2, false))).isEqualTo(path);
    assertThat(read(path, "half")).isEqualTo("2");
    assertThat(workspaces.briefing(order())).contains("half");
    assertThat(workspaces.merge(mergeOrder(tip))).isEqualTo(new MergeOutcome.Merged(tip));
    assertThat(git(root, "rev-parse", "main")).isEqualTo(tip);
    assertThat(workspaces.remove(order())).isInstanceOf(Removal.Removed.class);
    assertThat(path).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "Прое́кт ß 項目", "-dash", "quo'te\"d", "semi;colon $HOME"})
  void any_name_works(String name) {
    root = world.project(name);
    assertWholeLifeWorks();
  }

  @Test
  void a_detached_head_is_a_fine_base() {
    git(root, "switch", "--quiet", "--detach");
    assertThat(workspaces.inspectProject(root.toString()))
        .isEqualTo(new ProjectView.Usable(new Project(root.toString(), Optional.empty(), 0)));
    assertWholeLifeWorks();
  }

  @Test
  void a_bare_repository_has_its_workspaces_beside_it() {
    Path bare = world.directory().resolve("foo.git");
    git(world.directory(), "clone", "--quiet", "--bare", root.toString(), bare.toString());
    root = bare;

    assertThat(workspaces.inspectProject(bare.toString()))
        .isEqualTo(new ProjectView.Usable(new Project(bare.toString(), Optional.of("main"), 0)));
    assertThat(prepared(order())).isEqualTo(world.directory().resolve("foo-TASK-0001"));
    assertWholeLifeWorks();
  }

  @Test
  void a_link_leads_to_the_real_project() throws IOException {
    Path link = world.directory().resolve("link");
    Files.createSymbolicLink(link, root);

    assertThat(workspaces.inspectProject(link.toString()))
        .isEqualTo(new ProjectView.Usable(new Project(root.toString(), Optional.of("main"), 0)));
    assertThat(prepared(world.order(link, 1)))
        .isEqualTo(world.directory().resolve("project-TASK-0001"));
    assertThat(workspaces.prepare(order(), 1, false))
        .isEqualTo(workspaces.prepare(world.order(link, 1), 1, false));
  }

  @Test
  void in_a_linked_worktree_of_ones_own_its_branch_is_base_and_target() {
    Path mine = world.directory().resolve("mine");
    git(root, "worktree", "add", "--quiet", "-b", "feature/x", mine.toString());
    assertThat(workspaces.inspectProject(mine.toString()))
        .isEqualTo(
            new ProjectView.Usable(
                new Project(
                    root.toString(), Optional.of("feature/x"), Optional.of("feature/x"), 0)));
    git(mine, "switch", "--quiet", "--detach");
    assertThat(workspaces.inspectProject(mine.toString()))
        .isEqualTo(new ProjectView.Usable(new Project(root.toString(), Optional.of("main"), 0)));
  }

  @Test
  void a_directory_inside_a_project_or_a_workspace_leads_to_the_main_checkout() {
    write(root, "deep/down/file", "1");
    commit(root, "deep");
    var usable = new ProjectView.Usable(new Project(root.toString(), Optional.of("main"), 0));
    assertThat(workspaces.inspectProject(root.resolve("deep/down").toString())).isEqualTo(usable);
    assertThat(workspaces.inspectProject(root.resolve(".git").toString())).isEqualTo(usable);

    Path path = prepared(order());
    assertThat(workspaces.inspectProject(path.resolve("deep").toString()))
        .isEqualTo(new ProjectView.Usable(new Project(root.toString(), Optional.of("main"), 1)));
  }

  @Test
  void a_repository_apart_from_its_checkout_works() {
    Path checkout = world.directory().resolve("apart");
    git(
        world.directory(),
        "clone",
        "--quiet",
        "--separate-git-dir=" + world.directory().resolve("store"),
        root.toString(),
        checkout.toString());
    root = checkout;
    assertWholeLifeWorks();
  }

  @Test
  void packed_refs_and_objects_are_read() {
    prepared(world.order(root, 41));
    git(root, "gc", "--quiet");
    git(root, "pack-refs", "--all");
    assertThat(workspaces.inspectProject(root.toString()))
        .isEqualTo(new ProjectView.Usable(new Project(root.toString(), Optional.of("main"), 41)));
    assertThat(workspaces.list(root.toString())).hasSize(1);
    assertWholeLifeWorks();
  }

  @Test
  void a_worktree_of_a_stranger_with_names_in_another_encoding_is_no_hindrance()
      throws IOException {
    Path stranger = Files.createDirectories(root.resolve(".git/worktrees/stranger"));
    Files.write(stranger.resolve("gitdir"), "/media/caf\u00e9/.git\n".getBytes(ISO_8859_1));
    Files.write(stranger.resolve("HEAD"), "ref: refs/heads/caf\u00e9\n".getBytes(ISO_8859_1));
    Files.write(stranger.resolve("locked"), "on a caf\u00e9's disk".getBytes(ISO_8859_1));
    Files.writeString(stranger.resolve("commondir"), "../..\n");

    prepared(order());

    assertThat(workspaces.list(root.toString())).hasSize(1);
    assertWholeLifeWorks();
  }

  /// Z17: a repository that is gone is not one that it lay in.
  @Test
  void a_project_whose_repository_is_gone_is_not_the_one_above_it() throws IOException {
    Path outer = root;
    root = world.project("project/shop");
    Path path = prepared(order());
    write(path, "notes", "mine");
    Files.move(root.resolve(".git"), world.directory().resolve("unmounted"));
    String before = world.refs(outer);

    assertThat(refused(workspaces.prepare(world.order(root, 2), 1, false)).detail())
        .contains(root + " is no repository any more", outer.toString());
    assertThatThrownBy(() -> workspaces.snapshot(order(), 1))
        .isInstanceOf(WorkspacesUnavailable.class)
        .hasMessageContaining("no repository any more");

    assertThat(world.refs(outer)).isEqualTo(before);
    assertThat(workspaces.inspectProject(root.toString())).isInstanceOf(ProjectView.Usable.class);
  }

  @Test
  void numbers_of_kept_refs_count_even_without_a_branch() {
    String head = git(root, "rev-parse", "HEAD");
    for (String ref : List.of("refs/salvor/TASK-0012/base", "refs/heads/task/other")) {
      git(root, "update-ref", ref, head);
    }
    assertThat(workspaces.inspectProject(root.toString()))
        .isEqualTo(new ProjectView.Usable(new Project(root.toString(), Optional.of("main"), 12)));
  }
}
