package io.salvor.domain.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.workspace.BroughtIn.Clean;
import io.salvor.domain.workspace.BroughtIn.Conflicts;
import io.salvor.domain.workspace.BroughtIn.InTheWay;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every world of workspaces promises of bringing a target into a task's branch.
public abstract class BringInContract extends OneWorkspace {
  private String work(String file, String content) {
    world.write(workspace, file, content);
    return world.commit(workspace, "work");
  }

  private String mainChanges(String file, String content) {
    world.write(project, file, content);
    return world.commit(project, "meanwhile");
  }

  private BroughtIn bringIn() {
    return world.workspaces().bringIn(order(), "main").orElseThrow();
  }

  private MergeOutcome merge(String commit) {
    return world
        .workspaces()
        .merge(
            new MergeOrder(
                project, new DisplayId(1), "task/TASK-0001", commit, "main", "Merge it"));
  }

  @Test
  void what_fits_is_merged_into_the_branch_and_committed() {
    String mine = work("mine", "1");
    String theirs = mainChanges("theirs", "2");

    assertThat(bringIn()).isEqualTo(new Clean(theirs));

    assertThat(world.read(workspace, "mine")).contains("1");
    assertThat(world.read(workspace, "theirs")).contains("2");
    WorkspaceSummary after = world.workspaces().inspect(order());
    assertThat(after.head()).isNotEqualTo(Optional.of(mine));
    assertThat(after.uncommittedFiles()).isZero();
    assertThat(merge(after.head().orElseThrow()))
        .isEqualTo(new MergeOutcome.Merged(after.head().orElseThrow()));
  }

  @Test
  void what_is_there_already_is_not_merged_again() {
    String mine = work("mine", "1");
    String base = ((Clean) bringIn()).commit();

    assertThat(world.workspaces().inspect(order()).head()).contains(mine);
    mainChanges("theirs", "2");
    bringIn();
    String merged = world.workspaces().inspect(order()).head().orElseThrow();
    assertThat(bringIn().commit()).isNotEqualTo(base);
    assertThat(world.workspaces().inspect(order()).head()).contains(merged);
  }

  @Test
  void conflicts_are_named_and_stay_in_the_files_however_often_it_is_asked_for() {
    String mine = work("README", "mine");
    String theirs = mainChanges("README", "theirs");
    assertThat(merge(mine)).isInstanceOf(MergeOutcome.Conflict.class);

    var expected = new Conflicts(mine, theirs, List.of("README"));
    assertThat(bringIn()).isEqualTo(expected);
    assertThat(bringIn()).isEqualTo(expected);

    assertThat(world.read(workspace, "README").orElseThrow())
        .contains("<<<<<<<", "mine", "=======", "theirs", ">>>>>>>");
    WorkspaceSummary after = world.workspaces().inspect(order());
    assertThat(after.head()).contains(mine);
    assertThat(after.uncommittedFiles()).isPositive();
  }

  @Test
  void a_merge_under_way_is_taken_as_it_stands_when_the_target_moves_on() {
    String mine = work("README", "mine");
    String theirs = mainChanges("README", "theirs");
    bringIn();
    mainChanges("README", "and again");

    assertThat(bringIn()).isEqualTo(new Conflicts(mine, theirs, List.of("README")));
  }

  @Test
  void what_was_resolved_and_committed_fits() {
    work("README", "mine");
    mainChanges("README", "theirs");
    bringIn();
    String resolved = work("README", "both");

    assertThat(bringIn()).isInstanceOf(Clean.class);
    assertThat(merge(resolved)).isEqualTo(new MergeOutcome.Merged(resolved));
    assertThat(world.read(project, "README")).contains("both");
  }

  @Test
  void uncommitted_work_in_the_way_is_named_and_left_alone() {
    String mine = work("mine", "1");
    String theirs = mainChanges("README", "theirs");
    world.write(workspace, "README", "not committed");
    world.write(workspace, "other", "not committed either");

    assertThat(bringIn()).isEqualTo(new InTheWay(theirs, List.of("README")));

    assertThat(world.read(workspace, "README")).contains("not committed");
    assertThat(world.read(workspace, "other")).contains("not committed either");
    assertThat(world.workspaces().inspect(order()).head()).contains(mine);
  }

  @Test
  void uncommitted_work_elsewhere_is_left_where_it_is() {
    work("mine", "1");
    mainChanges("theirs", "2");
    world.write(workspace, "other", "not committed");

    assertThat(bringIn()).isInstanceOf(Clean.class);
    assertThat(world.read(workspace, "other")).contains("not committed");
  }

  @Test
  void a_fresh_start_ends_a_merge_under_way() {
    work("README", "mine");
    mainChanges("README", "theirs");
    bringIn();

    world.workspaces().prepare(order(), 2, true);

    assertThat(world.read(workspace, "README")).contains("hello");
    assertThat(world.workspaces().inspect(order()).uncommittedFiles()).isZero();
    work("mine", "1");
    assertThat(bringIn()).isInstanceOf(Clean.class);
  }

  @Test
  void a_merge_under_way_is_in_the_snapshot() {
    work("README", "mine");
    mainChanges("README", "theirs");
    bringIn();

    assertThat(world.workspaces().snapshot(order(), 1).snapshot()).isPresent();
    assertThat(bringIn()).isInstanceOf(Conflicts.class);
  }

  @Test
  void a_target_that_is_not_there_is_not_brought_in() {
    assertThat(world.workspaces().bringIn(order(), "nowhere")).isEmpty();
  }
}
