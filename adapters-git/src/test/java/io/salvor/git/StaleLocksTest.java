package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Z15: a lock is cleared away only when nobody can hold it.
@Timeout(60)
class StaleLocksTest extends GitFixture {

  private Path lock() throws IOException {
    prepared(order());
    return Files.createFile(root.resolve(".git/worktrees/project-TASK-0001/index.lock"));
  }

  private void assertHeldBy(Process process, Path lock) throws InterruptedException {
    try {
      var problem = refused(workspaces.prepare(order(), 2, false));
      assertThat(problem.kind()).isEqualTo(Kind.LOCKED);
      assertThat(problem.detail()).contains("process " + process.pid());
      assertThat(lock).exists();
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(ready(workspaces.prepare(order(), 2, false))).exists();
    assertThat(lock).doesNotExist();
  }

  @Test
  void one_that_a_process_has_open_is_respected() throws IOException, InterruptedException {
    Path lock = lock();
    var holder = new ProcessBuilder("sleep", "60").redirectOutput(lock.toFile()).start();
    assertHeldBy(holder, lock);
  }

  @Test
  void one_near_a_git_that_lives_is_respected_although_it_is_closed()
      throws IOException, InterruptedException {
    Path lock = lock();
    Path path = world.directory().resolve("project-TASK-0001");
    var editor =
        new ProcessBuilder(
                "git", "-c", "core.editor=sleep 60 #", "-C", path.toString(), "config", "--edit")
            .start();
    assertHeldBy(editor, lock);
  }

  @Test
  void those_that_a_killed_server_left_on_our_refs_are_no_hindrance() throws IOException {
    for (String ref : List.of("refs/salvor/TASK-0001/base", "refs/heads/task/TASK-0001")) {
      Path lock = root.resolve(".git").resolve(ref + ".lock");
      Files.createDirectories(Objects.requireNonNull(lock.getParent()));
      Files.createFile(lock);
    }
    Path path = prepared(order());
    write(path, "notes", "1");
    Path lock = root.resolve(".git/refs/salvor/TASK-0001/1/wip.lock");
    Files.createDirectories(Objects.requireNonNull(lock.getParent()));
    Files.createFile(lock);
    assertThat(workspaces.snapshot(order(), 1).snapshot()).isPresent();
  }

  @Test
  void one_that_a_killed_server_left_on_the_packed_refs_is_no_hindrance() throws IOException {
    Path lock = Files.createFile(root.resolve(".git/packed-refs.lock"));
    assertThat(ready(workspaces.prepare(order(), 1, true))).exists();
    assertThat(lock).doesNotExist();
  }

  @Test
  void one_that_a_killed_process_left_is_cleared_although_gits_come_and_go()
      throws IOException, InterruptedException {
    Path lock = lock();
    Path path = world.directory().resolve("project-TASK-0001");
    String busy = "while git -C \"$1\" log -1 >/dev/null; do :; done";
    Process agent = new ProcessBuilder("sh", "-c", busy, "agent", path.toString()).start();
    try {
      assertThat(ready(workspaces.prepare(order(), 2, false))).exists();
      assertThat(lock).doesNotExist();
    } finally {
      agent.destroyForcibly();
      assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void one_on_the_packed_refs_is_respected_where_a_git_lives_in_a_checkout()
      throws IOException, InterruptedException {
    Path lock = Files.createFile(root.resolve(".git/packed-refs.lock"));
    var editor =
        new ProcessBuilder(
                "git", "-c", "core.editor=sleep 60 #", "-C", root.toString(), "config", "--edit")
            .start();
    try {
      var problem = refused(workspaces.prepare(order(), 1, true));
      assertThat(problem.kind()).isEqualTo(Kind.LOCKED);
      assertThat(problem.detail()).contains("packed-refs");
      assertThat(lock).exists();
    } finally {
      editor.destroyForcibly();
      assertThat(editor.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void one_on_a_ref_of_the_users_is_respected() throws IOException {
    Path path = prepared(order());
    write(path, "done", "1");
    String tip = commit(path, "done");
    Path lock = Files.createFile(root.resolve(".git/refs/heads/main.lock"));
    String before = world.portrait(root);

    assertThat(workspaces.merge(mergeOrder(tip)))
        .isInstanceOfSatisfying(
            MergeOutcome.Failed.class, failed -> assertThat(failed.detail()).contains("main.lock"));
    assertThat(lock).exists();
    assertThat(world.portrait(root)).isEqualTo(before);
  }

  @Test
  void where_processes_cannot_be_seen_nothing_is_certain() throws IOException {
    Path lock = lock();
    var blind = new StaleLocks(new LiveProcesses(world.directory().resolve("no-proc")));
    assertThatThrownBy(() -> blind.clear(lock, List.of())).isInstanceOf(Unworkable.class);
    assertThat(lock).exists();
  }
}
