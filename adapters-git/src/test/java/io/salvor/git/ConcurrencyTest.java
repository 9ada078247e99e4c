package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.workspace.MergeOrder;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many tasks on one repository at once.
@Timeout(120)
class ConcurrencyTest extends GitFixture {

  private static <T> List<T> allAtOnce(List<Callable<T>> work) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<T>();
      for (Future<T> result : threads.invokeAll(work)) {
        results.add(result.get());
      }
      return results;
    }
  }

  @Test
  void eight_workspaces_are_made_at_once() throws Exception {
    var work = new ArrayList<Callable<Path>>();
    for (int number = 1; number <= 8; number++) {
      var order = world.order(root, number);
      work.add(() -> ready(workspaces.prepare(order, 1, false)));
    }
    for (Path path : allAtOnce(work)) {
      assertThat(status(path)).isEmpty();
      assertThat(read(path, "README")).isEqualTo("hello");
    }
    assertThat(workspaces.list(root.toString())).hasSize(8);
  }

  @Test
  void one_workspace_asked_for_eight_times_at_once_is_made_once() throws Exception {
    Workspaces other = world.workspaces();
    var work = new ArrayList<Callable<Path>>();
    for (int i = 0; i < 8; i++) {
      Workspaces asked = i % 2 == 0 ? workspaces : other;
      work.add(() -> ready(asked.prepare(order(), 1, false)));
    }
    assertThat(allAtOnce(work)).containsOnly(world.directory().resolve("project-TASK-0001"));
    assertThat(workspaces.list(root.toString())).hasSize(1);
  }

  @Test
  void tasks_merged_at_once_are_all_in_the_target() throws Exception {
    var work = new ArrayList<Callable<MergeOutcome>>();
    for (int number = 1; number <= 4; number++) {
      var order = world.order(root, number);
      Path path = prepared(order);
      write(path, "file-" + number, "1");
      String tip = commit(path, "work " + number);
      work.add(() ->
          workspaces.merge(
              new MergeOrder(
                  root.toString(), order.display(), order.branch(), tip, "main", "Merge")));
    }
    assertThat(allAtOnce(work)).hasOnlyElementsOfType(MergeOutcome.Merged.class);
    assertThat(status(root)).isEmpty();
    for (int number = 1; number <= 4; number++) {
      assertThat(read(root, "file-" + number)).isEqualTo("1");
    }
  }

  @Test
  void whoever_waits_too_long_for_a_repository_says_so() throws Exception {
    var locks = new ProjectLocks(Duration.ofMillis(50));
    try (ProjectLocks.Held _ = locks.hold(root.resolve(".git"))) {
      var others = new ProjectLocks(Duration.ofMillis(50));
      assertThat(busy(others)).isTrue();
      assertThat(allAtOnce(List.<Callable<Boolean>>of(() -> busy(locks), () -> busy(others))))
          .containsOnly(true);
    }
    try (ProjectLocks.Held _ = locks.hold(root.resolve(".git"))) {
      assertThat(root.resolve(".git/salvor.lock")).exists();
    }
  }

  private boolean busy(ProjectLocks locks) throws IOException {
    try (ProjectLocks.Held _ = locks.hold(root.resolve(".git"))) {
      return false;
    } catch (ProjectLocks.Busy _) {
      return true;
    }
  }
}
