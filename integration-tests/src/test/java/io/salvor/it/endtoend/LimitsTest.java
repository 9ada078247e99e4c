package io.salvor.it.endtoend;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.Journal;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.Survivors;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.Limits;
import io.salvor.v1.Record;
import io.salvor.v1.ResumeTaskRequest;
import io.salvor.v1.Task;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Limits of one task, with agents that tell what they use.
final class LimitsTest {
  @AutoClose
  private static final Bench bench =
      Bench.idle("limits")
          .configured(
              """
              listen = "127.0.0.1:0"
              http = "127.0.0.1:0"
              [limits]
              output = "4MiB"
              """);

  private final ScratchProject project = bench.project();

  @BeforeAll
  static void start() {
    bench.start();
  }

  @Test
  void a_budget_warns_at_75_80_and_90_percent_stops_at_100_and_goes_on_when_a_person_raises_it() {
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(project, Scripts.spends("0.76", "0.85", "0.95", "1.02"))
                    .setLimits(Limits.newBuilder().setCostMicroUsd(1_000_000)));

    Task paused = bench.author().await(task.getName(), Task.State.PAUSED);

    assertThat(paused.getAttempts(0).getEnding().getReason()).isEqualTo("cost_limit");
    assertThat(paused.getWarningsList())
        .containsExactly("90 % of its money used up: $1.02 of $1.00");
    Journal journal = Journal.of(bench.author(), task.getName());
    assertThat(journal.kind("task.limit_neared")).hasSize(3);
    assertThat(bench.server().log())
        .contains(
            "75 % of its money used up: $0.76 of $1.00",
            "80 % of its money used up: $0.85 of $1.00",
            "90 % of its money used up: $0.95 of $1.00");
    assertThat(
            Refused.of(() ->
                    bench
                        .author()
                        .tasks()
                        .resumeTask(ResumeTaskRequest.newBuilder().setName(task.getName()).build()))
                .reason())
        .isEqualTo(ErrorReason.Code.OVER_BUDGET);

    var salvor = new CommandLine(bench.home(), project.root(), "user:approver");
    assertThat(salvor.run("task", "show", task.getDisplayId()).out())
        .contains("mind")
        .contains("90 % of its money used up: $1.02 of $1.00");
    var resumed =
        salvor.run(
            "task",
            "resume",
            "--budget",
            "2",
            "--timeout",
            "2h",
            "--silence",
            "20m",
            "--turns",
            "50",
            "--tokens",
            "1000000",
            task.getDisplayId());
    assertThat(resumed.status()).as(resumed.err()).isZero();
    Task again = bench.author().await(task.getName(), Task.State.PAUSED, 2);
    assertThat(again.getLimits().getCostMicroUsd()).isEqualTo(2_000_000);
    assertThat(again.getLimits().getDeadline().getSeconds()).isEqualTo(7_200);
    assertThat(again.getLimits().getSilence().getSeconds()).isEqualTo(1_200);
    assertThat(again.getLimits().getTurns()).isEqualTo(50);
    assertThat(again.getLimits().getTokens()).isEqualTo(1_000_000);
    assertThat(Journal.of(bench.author(), task.getName()).kind("task.budget_changed"))
        .extracting(Record::getActor)
        .containsExactly("user:approver");
  }

  @Test
  void an_agent_that_writes_without_end_is_ended_for_that_reason() {
    Task task = bench.author().createAndDispatch(job(project, Scripts.writesWithoutEnd()));

    Task failed = bench.author().await(task.getName(), Task.State.FAILED);

    assertThat(failed.getAttempts(0).getEnding().getReason()).isEqualTo("output_limit");
    assertThat(failed.getAttempts(0).getEnding().getCodepath()).isEqualTo("stopped");
    assertThat(failed.getLimits().getOutputBytes()).isEqualTo(4 << 20);
    assertThat(Survivors.ofTask(task.getUid())).isEmpty();
  }
}
