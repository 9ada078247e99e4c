package io.salvor.domain.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.workspace.MergeOutcome.Conflict;
import io.salvor.domain.workspace.MergeOutcome.DirtyOverlap;
import io.salvor.domain.workspace.MergeOutcome.Diverged;
import io.salvor.domain.workspace.MergeOutcome.Gone;
import io.salvor.domain.workspace.MergeOutcome.Merged;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every world of workspaces promises of merging a task's branch into its target.
public abstract class MergeContract extends OneWorkspace {
  private MergeOutcome merge(String commit) {
    return world
        .workspaces()
        .merge(
            new MergeOrder(
                project, order().display(), order().branch(), commit, "main", "Merge it"));
  }

  /// Z19.
  @Test
  void work_is_merged_into_a_target_that_has_not_moved() {
    world.write(workspace, "done", "1");
    String head = world.commit(workspace, "done");

    assertThat(merge(head)).isEqualTo(new Merged(head));
    assertThat(world.read(project, "done")).hasValue("1");
  }

  /// Z19.
  @Test
  void work_is_merged_into_a_target_that_has_moved() {
    world.write(workspace, "done", "1");
    String head = world.commit(workspace, "done");
    world.write(project, "other", "2");
    String other = world.commit(project, "other");

    MergeOutcome outcome = merge(head);

    assertThat(outcome).isInstanceOf(Merged.class).isNotEqualTo(new Merged(other));
    assertThat(world.read(project, "done")).hasValue("1");
    assertThat(world.read(project, "other")).hasValue("2");
    assertThat(merge(head)).isEqualTo(outcome);
  }

  @Test
  void a_merge_leaves_unrelated_changes_in_the_checkout_alone() {
    world.write(workspace, "done", "1");
    String head = world.commit(workspace, "done");
    world.write(project, "README", "being edited");
    world.write(project, "scratch", "mine");

    assertThat(merge(head)).isEqualTo(new Merged(head));
    assertThat(world.read(project, "README")).hasValue("being edited");
    assertThat(world.read(project, "scratch")).hasValue("mine");
  }

  /// Z19.
  @Test
  void overlapping_changes_in_the_checkout_are_refused_by_name() {
    world.write(workspace, "README", "theirs");
    world.write(workspace, "added", "theirs");
    String head = world.commit(workspace, "done");
    world.write(project, "README", "being edited");
    world.write(project, "added", "mine");

    assertThat(merge(head)).isEqualTo(new DirtyOverlap(List.of("README", "added")));
    assertThat(world.read(project, "README")).hasValue("being edited");
    assertThat(world.read(project, "added")).hasValue("mine");
  }

  /// Z19.
  @Test
  void a_conflict_names_its_files_and_changes_nothing() {
    world.write(workspace, "README", "theirs");
    String head = world.commit(workspace, "theirs");
    world.write(project, "README", "ours");
    world.commit(project, "ours");

    assertThat(merge(head)).isEqualTo(new Conflict(List.of("README")));
    assertThat(world.read(project, "README")).hasValue("ours");
  }

  /// Z19.
  @Test
  void an_approval_of_an_earlier_commit_is_void() {
    world.write(workspace, "done", "1");
    String approved = world.commit(workspace, "done");
    world.write(workspace, "done", "2");
    String later = world.commit(workspace, "more");

    assertThat(merge(approved)).isEqualTo(new Diverged(later));
    assertThat(world.read(project, "done")).isEmpty();
  }

  @Test
  void a_target_that_is_not_there_is_gone() {
    world.write(workspace, "done", "1");
    String head = world.commit(workspace, "done");
    var order =
        new MergeOrder(project, new DisplayId(1), "task/TASK-0001", head, "release", "Merge it");

    assertThat(world.workspaces().merge(order)).isInstanceOf(Gone.class);
  }
}
