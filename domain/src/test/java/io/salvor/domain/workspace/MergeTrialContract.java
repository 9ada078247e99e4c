package io.salvor.domain.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.workspace.MergeOutcome.Merged;
import io.salvor.domain.workspace.MergeOutcome.TargetMoved;
import io.salvor.domain.workspace.MergeTrial.NothingNew;
import io.salvor.domain.workspace.MergeTrial.Stands;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What any [Workspaces] says of a merge before it is made.
public abstract class MergeTrialContract {
  private static final TaskId ONE = new TaskId(new UUID(0, 1));

  private WorkspaceWorld world = new FakeWorkspaces();
  private String project = "";
  private String path = "";
  private String head = "";

  /// A world without projects.
  protected abstract WorkspaceWorld world();

  @BeforeEach
  void begin() {
    world = world();
    project = world.project();
    path = ((Preparation.Ready) world.workspaces().prepare(order(), 1, false)).workspace().path();
    world.write(path, "done", "1");
    head = world.commit(path, "done");
  }

  private WorkspaceOrder order() {
    return new WorkspaceOrder(
        "lineage", ONE, new DisplayId(1), project, Optional.empty(), List.of());
  }

  private MergeOrder merge() {
    return new MergeOrder(project, new DisplayId(1), "task/TASK-0001", head, "main", "Merge it");
  }

  private String targetMoves(String file) {
    world.write(project, file, "2");
    return world.commit(project, file);
  }

  @Test
  void a_target_that_has_not_moved_gets_nothing_new() {
    assertThat(world.workspaces().tryMerge(order(), merge())).isInstanceOf(NothingNew.class);
  }

  /// Z20.
  @Test
  void what_nobody_has_checked_stands_also_where_the_target_has_not_moved() {
    MergeTrial trial = world.workspaces().tryMerge(order(), merge().asUnchecked());

    assertThat(trial).isInstanceOf(Stands.class);
    Stands stands = (Stands) trial;
    assertThat(world.read(stands.path(), "done")).hasValue("1");
    assertThat(world.read(project, "done")).isEmpty();
    world.workspaces().endTrial(order());
    assertThat(world.workspaces().merge(merge().asUnchecked().onto(stands.target())))
        .isInstanceOf(Merged.class);
    assertThat(world.workspaces().tryMerge(order(), merge().asUnchecked()))
        .isInstanceOf(NothingNew.class);
  }

  @Test
  void what_would_be_merged_stands_in_a_checkout_of_its_own_and_nothing_is_merged() {
    String target = targetMoves("other");

    MergeTrial trial = world.workspaces().tryMerge(order(), merge());

    assertThat(trial).isInstanceOf(Stands.class);
    Stands stands = (Stands) trial;
    assertThat(stands.target()).isEqualTo(target);
    assertThat(world.read(stands.path(), "done")).hasValue("1");
    assertThat(world.read(stands.path(), "other")).hasValue("2");
    assertThat(world.read(project, "done")).isEmpty();
    assertThat(world.workspaces().list(project)).hasSize(1);

    world.workspaces().endTrial(order());
    assertThat(world.read(stands.path(), "done")).isEmpty();
  }

  @Test
  void a_trial_is_made_again_over_what_an_earlier_one_left() {
    targetMoves("other");
    Stands first = (Stands) world.workspaces().tryMerge(order(), merge());
    world.write(first.path(), "built", "junk");
    targetMoves("another");

    Stands second = (Stands) world.workspaces().tryMerge(order(), merge());

    assertThat(second.path()).isEqualTo(first.path());
    assertThat(world.read(second.path(), "another")).hasValue("2");
    assertThat(world.read(second.path(), "built")).isEmpty();
    world.workspaces().endTrial(order());
    world.workspaces().endTrial(order());
  }

  @Test
  void a_conflict_is_left_to_the_merge_to_tell() {
    world.write(path, "README", "theirs");
    head = world.commit(path, "theirs");
    world.write(project, "README", "ours");
    world.commit(project, "ours");

    assertThat(world.workspaces().tryMerge(order(), merge())).isInstanceOf(NothingNew.class);
  }

  /// Z19.
  @Test
  void nothing_is_merged_onto_a_target_on_which_it_was_not_tried() {
    targetMoves("other");
    Stands stands = (Stands) world.workspaces().tryMerge(order(), merge());
    String moved = targetMoves("another");

    assertThat(world.workspaces().merge(merge().onto(stands.target())))
        .isEqualTo(new TargetMoved(moved));
    assertThat(world.read(project, "done")).isEmpty();
    assertThat(world.workspaces().merge(merge().onto(moved))).isInstanceOf(Merged.class);
    assertThat(world.workspaces().merge(merge().onto(stands.target()))).isInstanceOf(Merged.class);
  }
}
