package io.salvor.it.recovery;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.ServerProcess.Surroundings;
import io.salvor.it.harness.Shell;
import io.salvor.v1.DiagnoseTaskRequest;
import io.salvor.v1.Remedy;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Rows of the recovery matrix that are about more than an agent: the host, the instance, a person.
final class RowsOfTheHostTest {
  /// A mount namespace in which the kernel names another boot.
  private static final String ANOTHER_BOOT =
      "mount --bind \"$0\" /proc/sys/kernel/random/boot_id && exec \"$@\"";

  @AutoClose private final Bench bench = Bench.started("host");
  private final ScratchProject project = bench.project();

  /// What the first attempt does before it hangs.
  private Task hanging(String first) throws InterruptedException {
    Path mark = bench.fresh("mark");
    String script =
        """
        if [ -e "$1" ]; then echo done >done.txt; git add .; git commit -qm Done; exit 0; fi
        : >"$1"
        """
            + first
            + "echo '{\"salvor\":\"progress\",\"text\":\"hangs\"}'; exec sleep 1000";
    Task task =
        bench
            .author()
            .createAndDispatch(job(project, List.of("sh", "-c", script, "agent", mark.toString())));
    Await.until("the agent hangs", () -> told(task, "hangs"));
    return task;
  }

  private boolean told(Task task, String text) {
    return bench
        .author()
        .tasks()
        .diagnoseTask(DiagnoseTaskRequest.newBuilder().setName(task.getName()).build())
        .getTimelineList()
        .stream()
        .anyMatch(it -> it.getText().contains(text));
  }

  private Remedy remedy(Task task) {
    return bench
        .author()
        .tasks()
        .diagnoseTask(DiagnoseTaskRequest.newBuilder().setName(task.getName()).build())
        .getRemedy();
  }

  private void type(String command) {
    var salvor = new CommandLine(bench.home(), project.root(), "user:author");
    for (String one : command.split(" && ")) {
      String[] words = one.split(" ");
      CommandLine.Outcome outcome =
          salvor.run(List.of(words).subList(1, words.length).toArray(String[]::new));
      assertThat(outcome.status()).as("%s: %s", one, outcome.err()).isZero();
    }
  }

  /// As after the power came back: nothing of before lives, and the kernel names another boot.
  private void startTheHostAnew() throws IOException {
    Path boot = Files.writeString(bench.fresh("boot"), UUID.randomUUID() + "\n");
    bench.killAll();
    bench.surround(
        new Surroundings(
            List.of("unshare", "-m", "sh", "-c", ANOTHER_BOOT, boot.toString()), Map.of()));
    bench.start();
  }

  private void assumeThatMountsMayBeMade() throws IOException {
    Path boot = Files.writeString(bench.fresh("boot"), "other\n");
    assumeTrue(
        Shell.run(
                    bench.folder(),
                    List.of("unshare", "-m", "sh", "-c", ANOTHER_BOOT, boot.toString(), "true"))
                .status()
            == 0,
        "no mount may be made here");
  }

  @Test
  void after_the_host_was_started_anew_work_is_gone_on_with_and_nothing_is_begun_again()
      throws Exception {
    assumeThatMountsMayBeMade();
    Task worked = hanging("echo half >half.txt; git add .; git commit -qm Half; ");
    Task nothing = hanging("");
    startTheHostAnew();

    assertThat(bench.author().awaitRest(worked.getName()).getState()).isEqualTo(Task.State.FAILED);
    assertThat(bench.author().awaitRest(nothing.getName()).getState()).isEqualTo(Task.State.FAILED);
    assertThat(remedy(worked).getRow()).isEqualTo("host-lost");
    assertThat(remedy(nothing).getRow()).isEqualTo("host-lost-nothing");
    type(remedy(worked).getCommand());
    type(remedy(nothing).getCommand());
    assertThat(bench.author().await(worked.getName(), Task.State.REVIEW).getAttemptsCount())
        .isEqualTo(2);
    bench.author().await(nothing.getName(), Task.State.REVIEW);
  }

  @Test
  void what_was_frozen_goes_on_when_it_is_unfrozen() throws Exception {
    Task task = hanging("");
    type("salvor freeze --level hard");
    Task frozen = bench.author().awaitRest(task.getName());
    assertThat(remedy(frozen).getRow()).isEqualTo("frozen");
    type("salvor unfreeze");
    type(remedy(frozen).getCommand());
    bench.author().await(task.getName(), Task.State.REVIEW);
  }

  @Test
  void what_a_person_cancelled_stays_where_it_is() throws Exception {
    Task task = hanging("");
    type("salvor task cancel " + task.getDisplayId());
    Task cancelled = bench.author().awaitRest(task.getName());
    assertThat(cancelled.getState()).isEqualTo(Task.State.CANCELLED);
    assertThat(remedy(cancelled).getRow()).isEqualTo("cancelled");
    assertThat(remedy(cancelled).getCommand()).isEmpty();
  }
}
