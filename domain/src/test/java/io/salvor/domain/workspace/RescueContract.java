package io.salvor.domain.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What every world of workspaces promises of committing what a dead agent left.
public abstract class RescueContract extends OneWorkspace {
  private RescueOutcome rescue() {
    return world.workspaces().rescue(order(), "Salvage it\n");
  }

  @Test
  void everything_that_is_left_is_in_one_commit_of_the_task_s_branch_Z16() {
    world.write(workspace, "README", "changed");
    world.write(workspace, "new", "1");

    RescueOutcome.Rescued rescued = (RescueOutcome.Rescued) rescue();

    assertThat(rescued.files()).containsExactly("README", "new");
    WorkspaceSummary after = world.workspaces().inspect(order());
    assertThat(after.head()).contains(rescued.head());
    assertThat(after.commitsAhead()).isEqualTo(1);
    assertThat(after.clean()).isTrue();
    assertThat(world.read(workspace, "new")).contains("1");
  }

  @Test
  void once_more_changes_nothing() {
    world.write(workspace, "new", "1");
    RescueOutcome.Rescued first = (RescueOutcome.Rescued) rescue();
    assertThat(rescue()).isEqualTo(new RescueOutcome.Rescued(first.head(), List.of()));
  }

  @Test
  void commits_that_are_there_stay_below_it() {
    world.write(workspace, "mine", "1");
    String mine = world.commit(workspace, "work");
    world.write(workspace, "new", "2");
    rescue();
    assertThat(world.workspaces().inspect(order()).commitsAhead()).isEqualTo(2);
    assertThat(mine).isNotEqualTo(world.workspaces().inspect(order()).head().orElseThrow());
  }
}
