package io.salvor.domain.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every world of workspaces promises of saving what is not committed.
public abstract class SavingContract extends OneWorkspace {
  private Preparation.Ready again() {
    return (Preparation.Ready) world.workspaces().prepare(order(), 2, false);
  }

  @Test
  void a_snapshot_leaves_the_work_as_it_is() {
    world.write(workspace, "notes", "mine");

    WorkspaceSummary saved = world.workspaces().snapshot(order(), 1);

    assertThat(saved.snapshot()).isPresent();
    assertThat(saved.uncommittedFiles()).isEqualTo(1);
    assertThat(world.read(workspace, "notes")).hasValue("mine");
    assertThat(world.workspaces().inspect(order()).uncommittedFiles()).isEqualTo(1);
    assertThat(world.workspaces().snapshot(order(), 1)).isEqualTo(saved);
  }

  @Test
  void where_nothing_is_uncommitted_there_is_no_snapshot() {
    assertThat(world.workspaces().snapshot(order(), 1).snapshot()).isEmpty();
  }

  /// Z16.
  @Test
  void a_deleted_workspace_is_rebuilt_from_branch_and_snapshot() {
    world.write(workspace, "done", "1");
    String head = world.commit(workspace, "done");
    world.write(workspace, "README", "half");
    world.write(workspace, "notes", "mine");
    world.workspaces().snapshot(order(), 1);
    world.lose(workspace);
    assertThat(world.workspaces().inspect(order()).present()).isFalse();

    assertThat(again().created()).isTrue();

    assertThat(world.read(workspace, "done")).hasValue("1");
    assertThat(world.read(workspace, "README")).hasValue("half");
    assertThat(world.read(workspace, "notes")).hasValue("mine");
    assertThat(world.workspaces().inspect(order()))
        .isEqualTo(new WorkspaceSummary(true, Optional.of(head), 1, 2, Optional.empty()));
  }

  @Test
  void a_snapshot_from_before_the_last_commit_is_not_laid_over_it() {
    world.write(workspace, "notes", "draft");
    world.workspaces().snapshot(order(), 1);
    world.write(workspace, "notes", "final");
    world.commit(workspace, "final");
    world.lose(workspace);

    again();

    assertThat(world.read(workspace, "notes")).hasValue("final");
    assertThat(world.workspaces().inspect(order()).clean()).isTrue();
  }

  @Test
  void what_a_working_agent_has_not_committed_is_saved_beside_it_Z16() {
    world.write(workspace, "notes", "mine");

    Optional<String> saved = world.workspaces().save(order(), 1);

    assertThat(saved).isPresent();
    assertThat(world.read(workspace, "notes")).hasValue("mine");
    assertThat(world.workspaces().save(order(), 1)).isEqualTo(saved);
    assertThat(world.workspaces().snapshot(order(), 1).snapshot()).isEqualTo(saved);
  }

  @Test
  void what_an_agent_committed_beside_its_branch_stays_there_while_it_works() {
    world.write(workspace, "done", "1");
    String tip = world.commit(workspace, "done");
    world.branchOff(workspace, "own", tip);
    world.write(workspace, "more", "2");
    world.commit(workspace, "more");
    world.write(workspace, "half", "3");

    assertThat(world.workspaces().save(order(), 1)).isPresent();
    assertThat(world.workspaces().inspect(order()).head()).hasValue(tip);
  }

  @Test
  void nothing_is_saved_where_all_is_committed_or_nothing_is_there() {
    assertThat(world.workspaces().save(order(), 1)).isEmpty();
    world.write(workspace, "notes", "mine");
    world.workspaces().save(order(), 1);
    world.lose(workspace);
    assertThat(world.workspaces().save(order(), 1)).isEmpty();
  }

  /// Z16.
  @Test
  void of_a_workspace_that_is_gone_one_is_told_what_a_rebuilt_one_would_hold() {
    world.write(workspace, "README", "half");
    world.write(workspace, "notes", "mine");
    Optional<String> saved = world.workspaces().save(order(), 1);
    String head = world.workspaces().inspect(order()).head().orElseThrow();
    world.lose(workspace);

    var rebuilt = new WorkspaceSummary(false, Optional.of(head), 0, 2, saved);
    assertThat(world.workspaces().snapshot(order(), 1)).isEqualTo(rebuilt);
    assertThat(world.workspaces().inspect(order())).isEqualTo(rebuilt);
    assertThat(again().created()).isTrue();
    assertThat(world.read(workspace, "notes")).hasValue("mine");
  }

  @Test
  void a_snapshot_from_before_the_last_commit_is_nothing_that_a_rebuilt_one_would_hold() {
    world.write(workspace, "notes", "draft");
    world.workspaces().save(order(), 1);
    String head = world.commit(workspace, "final");
    world.lose(workspace);

    assertThat(world.workspaces().snapshot(order(), 1))
        .isEqualTo(new WorkspaceSummary(false, Optional.of(head), 1, 0, Optional.empty()));
  }
}
