package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.workspace.ProjectView;
import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What is not supported is refused by its own name, before anything is made.
class RefusedRepositoriesTest extends GitFixture {

  private void assertRefused(Kind kind) {
    String before = world.refs(root);
    assertThat(refused(workspaces.prepare(order(), 1, false)).kind()).isEqualTo(kind);
    assertThat(workspaces.inspectProject(root.toString()))
        .isInstanceOfSatisfying(
            ProjectView.Unusable.class,
            unusable -> assertThat(unusable.problem().kind()).isEqualTo(kind));
    assertThat(world.refs(root)).isEqualTo(before);
    assertThat(world.directory().resolve("project-TASK-0001")).doesNotExist();
  }

  @Test
  void what_mends_it_can_be_pasted_whatever_the_path_is() throws IOException {
    Path odd = Files.createDirectories(world.directory().resolve("no repo"));
    assertThat(workspaces.inspectProject(odd.toString()))
        .isInstanceOfSatisfying(
            ProjectView.Unusable.class,
            unusable -> assertThat(unusable.problem().hint()).isEqualTo("git init '" + odd + "'"));
  }

  @Test
  void submodules() {
    Path other = world.project("other");
    git(
        root,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        other.toString(),
        "lib/other");
    commit(root, "with a submodule");
    assertRefused(Kind.UNSUPPORTED_SUBMODULES);
  }

  @Test
  void lfs_wherever_its_attributes_lie() {
    write(root, "assets/.gitattributes", "# art\n*.psd filter=lfs diff=lfs merge=lfs -text\n");
    commit(root, "with LFS");
    assertRefused(Kind.UNSUPPORTED_LFS);
  }

  @Test
  void lfs_in_a_comment_is_no_lfs() {
    write(root, ".gitattributes", "# *.psd filter=lfs\n*.txt text\n");
    commit(root, "without LFS");
    assertThat(prepared(order())).exists();
  }

  @Test
  void sha_256() {
    root = world.directory().resolve("sha256");
    git(world.directory(), "init", "--quiet", "--object-format=sha256", root.toString());
    git(root, "commit", "--quiet", "--allow-empty", "-m", "begin");
    assertRefused(Kind.UNSUPPORTED_SHA256);
  }

  @Test
  void refs_in_another_form_than_files() throws IOException {
    Files.writeString(
        root.resolve(".git/config"),
        """
        [core]
        \trepositoryformatversion = 1
        [extensions]
        \trefStorage = reftable
        """);
    assertThat(refused(workspaces.prepare(order(), 1, false)).kind())
        .isEqualTo(Kind.UNSUPPORTED_REF_STORAGE);
  }

  @Test
  void partial_clones() {
    git(root, "config", "uploadpack.allowFilter", "true");
    Path clone = world.directory().resolve("partial");
    git(
        world.directory(),
        "clone",
        "--quiet",
        "--filter=blob:none",
        "file://" + root,
        clone.toString());
    root = clone;
    assertRefused(Kind.UNSUPPORTED_PARTIAL_CLONE);
  }

  @Test
  void a_repository_without_commits() {
    root = world.directory().resolve("empty");
    git(world.directory(), "init", "--quiet", root.toString());
    assertRefused(Kind.NO_COMMITS);
  }

  @Test
  void a_directory_without_a_repository() throws IOException {
    Path nothing = Files.createDirectory(world.directory().resolve("nothing"));
    assertThat(refused(workspaces.prepare(world.order(nothing, 1), 1, false)).kind())
        .isEqualTo(Kind.NOT_A_REPOSITORY);
    assertThat(
            refused(workspaces.prepare(world.order(nothing.resolve("gone"), 1), 1, false)).kind())
        .isEqualTo(Kind.NOT_A_REPOSITORY);
  }

  @Test
  void a_git_that_fails_is_not_missing_and_is_asked_again() throws IOException {
    Path failing = world.directory().resolve("failing-git");
    Files.writeString(
        failing, "#!/bin/sh\n[ -e \"$0.ran\" ] && exec git \"$@\"\n: >\"$0.ran\"\nexit 1\n");
    assertThat(failing.toFile().setExecutable(true)).isTrue();
    workspaces = world.workspaces(failing.toString(), Steps.UNWATCHED);
    assertThat(refused(workspaces.prepare(order(), 1, false)).kind()).isEqualTo(Kind.GIT_FAILED);
    assertThat(ready(workspaces.prepare(order(), 1, false))).exists();
  }

  @Test
  void a_git_that_is_missing_or_too_old() throws IOException {
    workspaces = world.workspaces("/no/such/git", Steps.UNWATCHED);
    assertRefused(Kind.GIT_MISSING_OR_OLD);

    Path old = world.directory().resolve("old-git");
    Files.writeString(old, "#!/bin/sh\necho git version 2.37.4\n");
    assertThat(old.toFile().setExecutable(true)).isTrue();
    workspaces = world.workspaces(old.toString(), Steps.UNWATCHED);
    assertRefused(Kind.GIT_MISSING_OR_OLD);
  }
}
