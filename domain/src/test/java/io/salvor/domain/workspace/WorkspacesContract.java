package io.salvor.domain.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.workspace.Preparation.Ready;
import io.salvor.domain.workspace.Preparation.Refused;
import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every world of workspaces promises, the one in memory and the one on git.
public abstract class WorkspacesContract {
  private static final TaskId ONE = new TaskId(new UUID(0x0190_0000_0000_7000L, 1));
  private static final TaskId TWO = new TaskId(new UUID(0x0190_0000_0000_7000L, 2));

  private WorkspaceWorld world = new FakeWorkspaces();
  private String project = "";

  /// A world without projects.
  protected abstract WorkspaceWorld world();

  @BeforeEach
  void begin() {
    world = world();
    project = world.project();
  }

  private WorkspaceOrder order(TaskId task, int number) {
    return new WorkspaceOrder(
        "lineage", task, new DisplayId(number), project, Optional.empty(), List.of());
  }

  private WorkspaceOrder first() {
    return order(ONE, 1);
  }

  private Ready prepare(WorkspaceOrder order, int attempt, boolean fresh) {
    Preparation preparation = world.workspaces().prepare(order, attempt, fresh);
    assertThat(preparation).isInstanceOf(Ready.class);
    return (Ready) preparation;
  }

  private String prepared(WorkspaceOrder order) {
    return prepare(order, 1, false).workspace().path();
  }

  private static Kind refusal(Preparation preparation) {
    assertThat(preparation).isInstanceOf(Refused.class);
    return ((Refused) preparation).problem().kind();
  }

  @Test
  void a_project_is_seen_with_its_target() {
    assertThat(world.workspaces().inspectProject(project))
        .isEqualTo(new ProjectView.Usable(new Project(project, Optional.of("main"), 0)));
  }

  @Test
  void a_project_knows_its_highest_task_number() {
    prepared(order(ONE, 7));
    prepared(order(TWO, 3));
    assertThat(world.workspaces().inspectProject(project))
        .isEqualTo(new ProjectView.Usable(new Project(project, Optional.of("main"), 7)));
  }

  @Test
  void a_branch_is_known_by_its_name_and_a_commit_by_what_means_it() {
    prepared(first());
    var workspaces = world.workspaces();

    assertThat(workspaces.hasBranch(project, "main")).isTrue();
    assertThat(workspaces.hasBranch(project, "task/TASK-0001")).isTrue();
    assertThat(workspaces.hasBranch(project, "mian")).isFalse();
    assertThat(workspaces.hasBranch(project, "main^0")).isFalse();
    assertThat(workspaces.hasBranch(project, "-x")).isFalse();
    assertThat(workspaces.hasCommit(project, "main")).isTrue();
    assertThat(workspaces.hasCommit(project, "HEAD")).isTrue();
    assertThat(workspaces.hasCommit(project, "mastre")).isFalse();
    assertThat(workspaces.hasCommit(project, "a..b")).isFalse();
    assertThat(workspaces.hasCommit(project, "f".repeat(40))).isFalse();
  }

  @Test
  void a_new_workspace_holds_the_base_on_its_own_branch_beside_the_project() {
    Ready ready = prepare(first(), 1, false);

    assertThat(ready.created()).isTrue();
    assertThat(ready.workspace().path()).isEqualTo(project + "-TASK-0001");
    assertThat(ready.workspace().branch()).isEqualTo("task/TASK-0001");
    assertThat(ready.workspace().baseCommit()).matches("[0-9a-f]{40}");
    assertThat(world.read(ready.workspace().path(), "README")).hasValue("hello");
    assertThat(world.workspaces().inspect(first()))
        .isEqualTo(
            new WorkspaceSummary(
                true, Optional.of(ready.workspace().baseCommit()), 0, 0, Optional.empty()));
  }

  /// Z15.
  @Test
  void preparing_again_finds_the_workspace_made_with_the_base_it_had() {
    Workspace made = prepare(first(), 1, false).workspace();
    world.write(project, "README", "moved on");
    world.commit(project, "main moves on");
    world.write(made.path(), "notes", "mine");

    assertThat(prepare(first(), 1, false)).isEqualTo(new Ready(made, false));
    assertThat(world.read(made.path(), "notes")).hasValue("mine");
  }

  /// Z15.
  @Test
  void a_display_id_that_another_task_holds_is_refused_by_name() {
    prepared(first());
    Preparation preparation = world.workspaces().prepare(order(TWO, 1), 1, false);

    assertThat(refusal(preparation)).isEqualTo(Kind.FOREIGN_OWNER);
    assertThat(((Refused) preparation).problem().detail()).contains(ONE.toString());
    assertThat(world.workspaces().inspect(order(TWO, 1)).present()).isFalse();
  }

  @Test
  void a_base_that_is_no_commit_is_refused_and_leaves_nothing() {
    var order =
        new WorkspaceOrder(
            "lineage", ONE, new DisplayId(1), project, Optional.of("no-such"), List.of());

    assertThat(refusal(world.workspaces().prepare(order, 1, false))).isEqualTo(Kind.BASE_NOT_FOUND);
    assertThat(world.workspaces().list(project)).isEmpty();
    assertThat(world.workspaces().inspect(order)).isEqualTo(WorkspaceSummary.NONE);
  }

  @Test
  void copied_files_are_there_and_missing_ones_are_skipped() {
    world.write(project, ".env", "SECRET=1");
    var order =
        new WorkspaceOrder(
            "lineage",
            ONE,
            new DisplayId(1),
            project,
            Optional.empty(),
            List.of(".env", "not-there"));

    assertThat(world.read(prepared(order), ".env")).hasValue("SECRET=1");
  }

  @Test
  void a_path_that_leads_out_of_the_project_is_not_copied() {
    var order =
        new WorkspaceOrder(
            "lineage", ONE, new DisplayId(1), project, Optional.empty(), List.of("../secret"));

    assertThat(refusal(world.workspaces().prepare(order, 1, false))).isEqualTo(Kind.COPY_FAILED);
    assertThat(world.workspaces().list(project)).isEmpty();
  }

  @Test
  void commits_and_uncommitted_files_are_counted() {
    String path = prepared(first());
    world.write(path, "a", "1");
    String head = world.commit(path, "first");
    world.write(path, "b", "2");
    world.write(path, "README", "changed");

    assertThat(world.workspaces().inspect(first()))
        .isEqualTo(new WorkspaceSummary(true, Optional.of(head), 1, 2, Optional.empty()));
  }

  @Test
  void a_fresh_attempt_begins_at_the_base_once() {
    Workspace made = prepare(first(), 1, false).workspace();
    world.write(made.path(), "old", "1");
    world.commit(made.path(), "old");
    world.write(made.path(), "half", "2");

    prepare(first(), 2, true);

    assertThat(world.read(made.path(), "old")).isEmpty();
    assertThat(world.read(made.path(), "half")).isEmpty();
    assertThat(world.workspaces().inspect(first()))
        .isEqualTo(
            new WorkspaceSummary(true, Optional.of(made.baseCommit()), 0, 0, Optional.empty()));

    world.write(made.path(), "new", "3");
    prepare(first(), 2, true);
    assertThat(world.read(made.path(), "new")).hasValue("3");
  }

  @Test
  void a_fresh_attempt_finds_the_copied_files_again() {
    world.write(project, ".env", "SECRET=1");
    var order =
        new WorkspaceOrder(
            "lineage", ONE, new DisplayId(1), project, Optional.empty(), List.of(".env"));
    String path = prepared(order);
    world.write(path, "half", "2");

    prepare(order, 2, true);

    assertThat(world.read(path, ".env")).hasValue("SECRET=1");
    assertThat(world.read(path, "half")).isEmpty();
  }

  @Test
  void what_was_committed_on_another_branch_is_on_the_tasks_once_a_snapshot_is_taken() {
    Workspace made = prepare(first(), 1, false).workspace();
    world.branchOff(made.path(), "own", made.baseCommit());
    world.write(made.path(), "done", "1");
    String head = world.commit(made.path(), "done");
    world.write(made.path(), "half", "2");

    WorkspaceSummary left = world.workspaces().snapshot(first(), 1);

    assertThat(left)
        .isEqualTo(new WorkspaceSummary(true, Optional.of(head), 1, 1, left.snapshot()));
    assertThat(left.snapshot()).isPresent();
    assertThat(world.workspaces().snapshot(first(), 1)).isEqualTo(left);
    assertThat(prepare(first(), 2, false).created()).isFalse();
    assertThat(world.read(made.path(), "half")).hasValue("2");
  }

  @Test
  void a_branch_that_does_not_go_on_from_the_tasks_is_named_and_left_alone() {
    Workspace made = prepare(first(), 1, false).workspace();
    world.write(made.path(), "done", "1");
    String tip = world.commit(made.path(), "done");
    world.branchOff(made.path(), "own", made.baseCommit());
    world.write(made.path(), "other", "2");
    world.commit(made.path(), "other");

    WorkspaceSummary left = world.workspaces().snapshot(first(), 1);

    assertThat(left.head()).hasValue(tip);
    assertThat(left.elsewhere()).hasValue("refs/heads/own");
    assertThat(refusal(world.workspaces().prepare(first(), 2, false)))
        .isEqualTo(Kind.ON_ANOTHER_BRANCH);
    assertThat(world.read(made.path(), "other")).hasValue("2");

    prepare(first(), 2, true);
    assertThat(world.workspaces().snapshot(first(), 2).elsewhere()).isEmpty();
  }

  @Test
  void a_workspace_rebuilt_after_a_fresh_start_gets_nothing_older_back() {
    String path = prepared(first());
    world.write(path, "half", "2");
    prepare(first(), 2, true);
    world.lose(path);

    prepare(first(), 2, true);

    assertThat(world.read(path, "half")).isEmpty();
  }

  @Test
  void a_briefing_names_commits_and_uncommitted_files() {
    String path = prepared(first());
    assertThat(world.workspaces().briefing(first())).isEmpty();
    world.write(path, "done.txt", "1");
    world.commit(path, "Half of it is done");
    world.write(path, "rest.txt", "2");

    assertThat(world.workspaces().briefing(first()))
        .contains("Half of it is done")
        .contains("done.txt")
        .contains("rest.txt");
  }

  @Test
  void the_work_is_shown_as_a_diff() {
    String path = prepared(first());
    world.write(path, "done.txt", "one\n");
    world.commit(path, "done");
    world.write(path, "rest.txt", "two\n");

    var committed = new DiffScope.Committed();
    assertThat(diff(committed, false)).contains("done.txt").contains("+one").doesNotContain("rest");
    assertThat(diff(new DiffScope.Uncommitted(), false))
        .contains("rest.txt")
        .contains("+two")
        .doesNotContain("done");
    assertThat(diff(committed, true)).contains("done.txt").doesNotContain("+one");
    assertThat(world.workspaces().inspect(first()).uncommittedFiles()).isEqualTo(1);
  }

  @Test
  void what_an_earlier_attempt_left_is_shown_as_a_diff_after_a_fresh_start() {
    String path = prepared(first());
    world.write(path, "done.txt", "one\n");
    String head = world.commit(path, "done");
    world.write(path, "rest.txt", "two\n");
    String snapshot = world.workspaces().snapshot(first(), 1).snapshot().orElseThrow();
    prepare(first(), 2, true);

    assertThat(diff(new DiffScope.Committed(), false)).isEmpty();
    assertThat(diff(new DiffScope.Between(Optional.empty(), head), false))
        .contains("done.txt")
        .contains("+one")
        .doesNotContain("rest");
    assertThat(diff(new DiffScope.Between(Optional.of(head), snapshot), false))
        .contains("rest.txt")
        .contains("+two")
        .doesNotContain("done");
  }

  private String diff(DiffScope scope, boolean stat) {
    var text = new StringBuilder();
    world
        .workspaces()
        .diff(
            first(), scope, stat, piece -> text.append(new String(piece, StandardCharsets.UTF_8)));
    return text.toString();
  }

  /// Z16.
  @Test
  void a_workspace_with_work_that_is_nowhere_else_is_kept() {
    String path = prepared(first());
    world.write(path, "notes", "mine");

    Removal removal = world.workspaces().remove(first());

    assertThat(removal).isInstanceOf(Removal.Kept.class);
    assertThat(((Removal.Kept) removal).reasons()).anyMatch(reason -> reason.contains("notes"));
    assertThat(world.read(path, "notes")).hasValue("mine");
  }

  /// Z16.
  @Test
  void a_workspace_whose_work_is_in_a_snapshot_can_go_and_come_back() {
    String path = prepared(first());
    world.write(path, "notes", "mine");
    world.workspaces().snapshot(first(), 1);

    assertThat(world.workspaces().remove(first())).isEqualTo(new Removal.Removed(List.of()));
    assertThat(world.read(path, "README")).isEmpty();
    assertThat(world.workspaces().list(project)).isEmpty();
    assertThat(world.workspaces().remove(first())).isEqualTo(new Removal.NotThere());

    prepare(first(), 2, false);
    assertThat(world.read(path, "notes")).hasValue("mine");
  }

  @Test
  void a_snapshot_that_is_out_of_date_does_not_let_a_workspace_go() {
    String path = prepared(first());
    world.write(path, "notes", "early");
    world.workspaces().snapshot(first(), 1);
    world.write(path, "notes", "late");

    assertThat(world.workspaces().remove(first())).isInstanceOf(Removal.Kept.class);
    assertThat(world.read(path, "notes")).hasValue("late");
  }

  @Test
  void what_was_never_made_cannot_be_removed() {
    assertThat(world.workspaces().remove(first())).isEqualTo(new Removal.NotThere());
  }

  @Test
  void workspaces_are_listed_with_their_owners() {
    String one = prepared(first());
    String two = prepared(order(TWO, 2));
    world.lose(two);

    assertThat(world.workspaces().list(project))
        .containsExactlyInAnyOrder(
            new Workspaces.Registered(new DisplayId(1), "lineage", one, true),
            new Workspaces.Registered(new DisplayId(2), "lineage", two, false));
  }
}
