package io.salvor.it.endtoend;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.Agent;
import io.salvor.v1.CancelTaskRequest;
import io.salvor.v1.Limits;
import io.salvor.v1.Task;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Limits over many tasks: slots of an agent, money of a day and of a project, memory.
final class QuotaTest {
  private static final String PORTS = "listen = \"127.0.0.1:0\"\nhttp = \"127.0.0.1:0\"\n";

  @Test
  void an_agent_s_slots_hold_up_its_own_tasks_and_nobody_else_s() throws Exception {
    String config =
        PORTS
            + """
            [agents.solo]
            protocol = "command"
            command = ["sh"]
            max_concurrent = 1
            """;
    try (Bench bench = Bench.idle("slots").configured(config)) {
      bench.start();
      ScratchProject project = bench.project();
      Gate first = bench.gate();
      Gate second = bench.gate();
      Task running = bench.author().createAndDispatch(solo(project, first, "a.txt"));
      bench.author().await(running.getName(), Task.State.RUNNING);
      Task held = bench.author().createAndDispatch(solo(project, second, "b.txt"));
      Task other = bench.author().createAndDispatch(job(project, Scripts.commits("c.txt")));

      bench.author().await(other.getName(), Task.State.REVIEW);
      Task queued = bench.author().get(held.getName());
      assertThat(queued.getState()).isEqualTo(Task.State.QUEUED);
      assertThat(queued.getWaitsFor().getWhat()).isEqualTo("a slot of the agent solo, which has 1");

      first.open();
      bench.author().await(running.getName(), Task.State.REVIEW);
      bench.author().await(held.getName(), Task.State.RUNNING);
      second.open();
      bench.author().await(held.getName(), Task.State.REVIEW);
    }
  }

  @Test
  void a_day_s_money_pauses_admission_across_a_kill_until_it_is_raised_Z22() {
    try (Bench bench = Bench.idle("day").configured(PORTS + dayOf("1.00"))) {
      bench.start();
      ScratchProject project = bench.project();
      Task one = bench.author().createAndDispatch(job(project, Scripts.spends("0.60")));
      awaitSpent(bench, one, 600_000);
      Task two = bench.author().createAndDispatch(job(project, Scripts.spends("0.30", "0.50")));
      awaitSpent(bench, two, 500_000);
      bench
          .author()
          .tasks()
          .cancelTask(CancelTaskRequest.newBuilder().setName(two.getName()).build());
      bench.author().await(two.getName(), Task.State.CANCELLED);
      Task three = bench.author().createAndDispatch(job(project, Scripts.commits("a.txt")));

      assertThat(bench.author().get(one.getName()).getState()).isEqualTo(Task.State.RUNNING);
      isHeldUntilTomorrow(bench.author().get(three.getName()));
      bench.restartAfterKill();
      isHeldUntilTomorrow(bench.author().get(three.getName()));
      assertThat(bench.author().get(one.getName()).getState()).isEqualTo(Task.State.RUNNING);
      var salvor = new CommandLine(bench.home(), project.root(), "user:author");
      assertThat(salvor.run("task", "show", three.getDisplayId()).out())
          .contains("QUEUED", "waits for tomorrow: $1.10 of $1.00", ", until ");
      var check = salvor.run("store", "rebuild", "--check");
      assertThat(check.status()).as(check.out() + check.err()).isZero();

      assertThat(bench.server().log())
          .contains(
              "100 % of what all tasks may use in a day used up: $1.10 of $1.00; no attempt begins"
                  + " until midnight UTC");

      bench.server().stop();
      bench.configured(PORTS + dayOf("2.00"));
      bench.start();
      bench.author().await(three.getName(), Task.State.REVIEW);
    }
  }

  private static void isHeldUntilTomorrow(Task task) {
    assertThat(task.getState()).isEqualTo(Task.State.QUEUED);
    assertThat(task.getWaitsFor().getWhat())
        .isEqualTo("tomorrow: $1.10 of $1.00 that all tasks may use in a day are used up");
    assertThat(task.getWaitsFor().getUntilTime().getSeconds())
        .isEqualTo(
            LocalDate.now(ZoneOffset.UTC).plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond());
  }

  @Test
  void a_project_s_money_holds_its_tasks_and_no_others() {
    try (Bench bench = Bench.idle("project-money")) {
      ScratchProject dear = bench.project();
      ScratchProject cheap = bench.project();
      bench.configured(PORTS + "[projects.\"%s\".limits]\nusd = \"0.50\"\n".formatted(dear.root()));
      bench.start();
      Task spent = bench.author().createAndDispatch(job(dear, Scripts.spends("0.55")));
      awaitSpent(bench, spent, 550_000);
      Task held = bench.author().createAndDispatch(job(dear, Scripts.commits("a.txt")));
      Task free = bench.author().createAndDispatch(job(cheap, Scripts.commits("a.txt")));

      bench.author().await(free.getName(), Task.State.REVIEW);
      Task queued = bench.author().get(held.getName());
      assertThat(queued.getState()).isEqualTo(Task.State.QUEUED);
      assertThat(queued.getWaitsFor().getWhat())
          .isEqualTo("a higher limit of its project in config.toml: $0.55 of $0.50 are used up");
      assertThat(queued.getNextCommand()).isEqualTo("salvor restart");
    }
  }

  @Test
  void with_little_memory_attempts_begin_one_at_a_time_and_the_log_says_so() throws Exception {
    String config = PORTS + "[memory]\nhealthy = \"900TiB\"\ncritical = \"900TiB\"\n";
    try (Bench bench = Bench.idle("memory").configured(config)) {
      bench.start();
      ScratchProject project = bench.project();
      Gate gate = bench.gate();
      Task running =
          bench.author().createAndDispatch(job(project, Scripts.waitsAndCommits(gate, "a.txt")));
      bench.author().await(running.getName(), Task.State.RUNNING);
      Task held = bench.author().createAndDispatch(job(project, Scripts.commits("b.txt")));

      assertThat(bench.author().get(held.getName()).getStateDetail())
          .isEqualTo(
              "waits for memory: there is so little that attempts begin one at a time, and one is"
                  + " open");
      assertThat(bench.server().log())
          .contains("memory: host under memory pressure - OOM-kill risk")
          .contains("dispatch pre-flight: host under memory pressure");
      gate.open();
      bench.author().await(running.getName(), Task.State.REVIEW);
      bench.author().await(held.getName(), Task.State.REVIEW);
    }
  }

  @Test
  void money_that_is_spent_while_no_server_runs_is_judged_when_one_does_Z22() throws Exception {
    try (Bench bench = Bench.idle("unwatched").configured(PORTS)) {
      bench.start();
      Gate gate = bench.gate();
      Task task =
          bench
              .author()
              .createAndDispatch(
                  job(bench.project(), Scripts.spendsAfter(gate, "1.50"))
                      .setLimits(Limits.newBuilder().setCostMicroUsd(1_000_000)));
      bench.author().await(task.getName(), Task.State.RUNNING);
      bench.killServer();
      gate.open();
      bench.start();

      Task paused = bench.author().await(task.getName(), Task.State.PAUSED);
      assertThat(paused.getAttempts(0).getEnding().getReason()).isEqualTo("cost_limit");
      assertThat(paused.getTotalUsage().getCostMicroUsd()).isEqualTo(1_500_000);
      assertThat(paused.getAttemptsList()).hasSize(1);
    }
  }

  private static String dayOf(String dollars) {
    return "[limits]\nusd_per_day = \"" + dollars + "\"\n";
  }

  private static void awaitSpent(Bench bench, Task task, long microUsd) {
    Await.until(
        "the use to be known",
        () -> bench.author().get(task.getName()).getTotalUsage().getCostMicroUsd() == microUsd);
  }

  private static Task.Builder solo(ScratchProject project, Gate gate, String file) {
    List<String> command = Scripts.waitsAndCommits(gate, file);
    return job(project, command)
        .setAgent(Agent.newBuilder().setName("solo").addAllCommand(command));
  }
}
