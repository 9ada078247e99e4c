package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.workspace.BroughtIn;
import io.salvor.domain.workspace.BroughtIn.Clean;
import io.salvor.domain.workspace.BroughtIn.Conflicts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What git itself leaves for an agent that is to resolve a conflict.
class BringInTest extends GitFixture {

  private BroughtIn bringIn() {
    return workspaces.bringIn(order(), "main").orElseThrow();
  }

  @Test
  void an_agent_finds_a_merge_that_it_can_finish_with_a_commit() {
    Path path = prepared(order());
    write(path, "README", "mine");
    String mine = commit(path, "mine");
    write(root, "README", "theirs");
    String theirs = commit(root, "theirs");
    bringIn();

    assertThat(status(path)).isEqualTo("UU README");
    write(path, "README", "both");
    git(path, "add", "README");
    git(path, "commit", "--quiet", "--no-edit");

    assertThat(git(path, "log", "-1", "--format=%P|%s"))
        .isEqualTo(mine + " " + theirs + "|Merge branch 'main' into task/TASK-0001");
    assertThat(workspaces.inspect(order()).uncommittedFiles()).isZero();
  }

  @Test
  void all_kinds_of_conflicts_are_named_in_order() throws IOException {
    write(root, "deleted here", "1");
    write(root, "deleted there", "1");
    commit(root, "more");
    Path path = prepared(order());
    Files.delete(path.resolve("deleted here"));
    write(path, "deleted there", "2");
    write(path, "ä new", "mine");
    String mine = commit(path, "mine");
    write(root, "deleted here", "2");
    Files.delete(root.resolve("deleted there"));
    write(root, "ä new", "theirs");
    String theirs = commit(root, "theirs");

    assertThat(bringIn())
        .isEqualTo(new Conflicts(mine, theirs, List.of("deleted here", "deleted there", "ä new")));
  }

  @Test
  void the_projects_settings_for_merges_do_not_stand_in_the_way() {
    git(root, "config", "merge.ff", "only");
    git(root, "config", "merge.verifySignatures", "true");
    git(root, "config", "merge.autoStash", "true");
    git(root, "config", "rerere.enabled", "true");
    Path path = prepared(order());
    write(path, "mine", "1");
    commit(path, "mine");
    write(root, "theirs", "2");
    String theirs = commit(root, "theirs");
    git(root, "config", "commit.gpgSign", "true");

    assertThat(bringIn()).isEqualTo(new Clean(theirs));
    assertThat(git(path, "log", "-1", "--format=%an|%cn")).isEqualTo("Ann Author|Ann Author");
  }

  @Test
  void a_merge_that_was_resolved_and_not_committed_names_no_file() {
    Path path = prepared(order());
    write(path, "README", "mine");
    String mine = commit(path, "mine");
    write(root, "README", "theirs");
    String theirs = commit(root, "theirs");
    bringIn();
    write(path, "README", "both");
    git(path, "add", "README");

    assertThat(bringIn()).isEqualTo(new Conflicts(mine, theirs, List.of()));
  }

  @Test
  void a_briefing_tells_of_a_merge_under_way() {
    Path path = prepared(order());
    write(path, "README", "mine");
    commit(path, "mine");
    write(root, "README", "theirs");
    commit(root, "theirs");
    bringIn();

    assertThat(workspaces.briefing(order()))
        .contains("UU README")
        .contains("Under way and not finished: a merge");
  }

  @Test
  void the_main_checkout_is_not_touched_Z17() {
    Path path = prepared(order());
    write(path, "README", "mine");
    commit(path, "mine");
    write(root, "README", "theirs");
    commit(root, "theirs");
    write(root, "README", "being edited");
    String before = world.portrait(root);
    bringIn();
    assertThat(world.portrait(root)).isEqualTo(before);
  }
}
