package io.salvor.it.recovery;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.Attempt;
import io.salvor.v1.DiagnoseTaskRequest;
import io.salvor.v1.Diagnosis;
import io.salvor.v1.Recovery;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The remedy for an attempt that did not succeed: taken by itself, or said.
final class AutomaticRecoveryTest {
  @AutoClose private static final Bench bench = Bench.started("automatic");

  private final ScratchProject project = bench.project();

  private Task.Builder auto(List<String> command) {
    return job(project, command).setRecovery(Recovery.newBuilder().setMode(Recovery.Mode.AUTO));
  }

  private static Diagnosis diagnosis(Task task) {
    return bench
        .author()
        .tasks()
        .diagnoseTask(DiagnoseTaskRequest.newBuilder().setName(task.getName()).build());
  }

  @Test
  void what_breaks_off_with_work_goes_on_by_itself_and_comes_to_a_review() throws IOException {
    Path prompt = bench.fresh("prompt");
    Task task =
        bench
            .author()
            .createAndDispatch(auto(Scripts.failsHalfWayOnce("half.txt", "left.txt", prompt)));
    Task waits = bench.author().await(task.getName(), Task.State.READY, 1);
    assertThat(waits.getStateDetail())
        .startsWith("broke-off: ")
        .endsWith("retry 1 comes by itself");
    assertThat(waits.getWaitsFor().hasUntilTime()).isTrue();

    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(reviewed.getAttemptsList()).hasSize(2);
    assertThat(reviewed.getAttempts(1).getMode()).isEqualTo(Attempt.Mode.RESUME);
    assertThat(Files.readString(prompt))
        .contains("Attempt 1 on this task ended with subprocess_exited_nonzero")
        .contains("Half of it")
        .contains("left.txt");
  }

  @Test
  void the_same_end_once_more_stops_and_a_person_is_asked() {
    Task task =
        bench
            .author()
            .createAndDispatch(
                auto(Scripts.script("echo x >>work.txt; git add .; git commit -qm Work; exit 3")));
    Task failed = bench.author().await(task.getName(), Task.State.FAILED);
    assertThat(failed.getAttemptsList()).hasSize(2);
    Diagnosis diagnosis = diagnosis(failed);
    assertThat(diagnosis.getRemedy().getRow()).isEqualTo("same-twice");
    assertThat(diagnosis.getRemedy().getRemedy()).isEqualTo("ask");
  }

  @Test
  void where_a_person_decides_the_row_is_named_with_its_command() {
    Task withWork = failed(Scripts.script("echo x >work.txt; git add .; git commit -qm W; exit 3"));
    assertThat(diagnosis(withWork).getRemedy().getRow()).isEqualTo("broke-off");
    assertThat(diagnosis(withWork).getRemedy().getCommand())
        .isEqualTo("salvor task dispatch --resume " + withWork.getDisplayId());

    Task without = failed(Scripts.exits(3));
    String id = without.getDisplayId();
    assertThat(diagnosis(without).getRemedy().getRow()).isEqualTo("broke-off-nothing");
    assertThat(diagnosis(without).getRemedy().getCommand())
        .isEqualTo("salvor task reopen " + id + " && salvor task dispatch " + id);
    assertThat(diagnosis(without).getNextSteps(0).getCommand())
        .isEqualTo(diagnosis(without).getRemedy().getCommand());

    var salvor = new CommandLine(bench.home(), project.root(), "user:author");
    assertThat(salvor.run("task", "diagnose", id).out())
        .contains("remedy")
        .contains("fresh (row broke-off-nothing)");
  }

  private Task failed(List<String> command) {
    Task task = bench.author().createAndDispatch(job(project, command));
    return bench.author().await(task.getName(), Task.State.FAILED);
  }

  @Test
  void an_agent_that_does_the_same_again_and_again_is_stopped_and_the_pattern_is_named() {
    Task looped =
        failed(
            Scripts.script(
                """
                i=0
                while :; do
                  i=$((i + 1)); sleep 0.05
                  printf '{"salvor":"tool_call","id":"%d","tool":"test","input":{"make":"test"}}\\n' $i
                  printf '{"salvor":"tool_result","id":"%d","ok":false,"output":"no rule"}\\n' $i
                done
                """));
    assertThat(looped.getAttempts(0).getEnding().getReason()).isEqualTo("loop_detected");
    assertThat(looped.getAttempts(0).getEnding().getDetail()).startsWith("repeats test ");
    assertThat(diagnosis(looped).getRemedy().getRow()).isEqualTo("loop");
  }
}
