package io.salvor.it.watching;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Connection;
import io.salvor.it.harness.Credentials;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.Places;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.Scrape;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.CommentTaskRequest;
import io.salvor.v1.GetStatusRequest;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `/metrics` tells what happened, from what is in memory.
final class MetricsTest {
  private static final String USED =
      "printf '%s\\n' '{\"salvor\":\"usage\",\"input_tokens\":1200,\"output_tokens\":34,\"cost_usd\":\"0.25\"}'\n";

  @AutoClose private final Bench bench = Bench.started("metrics");

  @Test
  void what_happened_to_tasks_is_counted_from_their_outcomes_Z29() {
    Task merged =
        run(Scripts.script(USED + "git commit -q --allow-empty -m Work"), Task.State.REVIEW);
    bench.reviewer().approveAndMerge(merged.getName());
    bench.author().await(merged.getName(), Task.State.MERGED);
    run(Scripts.exits(3), Task.State.FAILED);
    run(List.of("no-such-program"), Task.State.FAILED);

    Scrape scrape = scrape();
    assertThat(scrape.value("salvor_task_arrivals_total", "state", "MERGED")).isEqualTo(1);
    assertThat(scrape.value("salvor_task_arrivals_total", "state", "FAILED")).isEqualTo(2);
    assertThat(scrape.value("salvor_attempts_ended_total", "reason", "success")).isEqualTo(1);
    assertThat(scrape.value("salvor_attempts_ended_total", "reason", "subprocess_exited_nonzero"))
        .isEqualTo(1);
    assertThat(scrape.value("salvor_attempts_ended_total", "reason", "spawn_failed")).isEqualTo(1);
    assertThat(scrape.value("salvor_attempts_codepath_total", "codepath", "start_failed"))
        .isEqualTo(1);
    assertThat(scrape.value("salvor_agents_started_total")).isEqualTo(2);
    assertThat(scrape.value("salvor_starts_failed_total")).isEqualTo(1);
    assertThat(scrape.value("salvor_cost_usd_total", "agent", "command")).isEqualTo(0.25);
    assertThat(scrape.value("salvor_tokens_total", "agent", "command")).isEqualTo(1234);
    assertThat(scrape.value("salvor_queue_wait_seconds_count")).isEqualTo(3);
    assertThat(scrape.value("salvor_records")).isEqualTo(records());
    assertThat(scrape.value("salvor_append_records_sum")).isEqualTo(records());
    assertThat(scrape.value("salvor_append_seconds_count"))
        .isEqualTo(scrape.value("salvor_append_decisions_count"))
        .isPositive();
  }

  @Test
  void open_tasks_are_shown_by_state_with_the_age_of_the_oldest_Z29() {
    Gate gate = bench.gate();
    Task task = bench.author().createAndDispatch(work(Scripts.waitsAndCommits(gate, "work.txt")));
    bench.author().await(task.getName(), Task.State.RUNNING);
    bench.author().create(work(Scripts.exits(0)));

    Scrape scrape = scrape();
    assertThat(scrape.value("salvor_tasks", "state", "RUNNING")).isEqualTo(1);
    assertThat(scrape.value("salvor_tasks", "state", "READY")).isEqualTo(1);
    assertThat(scrape.value("salvor_tasks_oldest_seconds", "state", "RUNNING")).isPositive();
    assertThat(scrape.value("salvor_tasks_oldest_seconds", "state", "REVIEW")).isZero();
    assertThat(scrape.value("salvor_attempts_open")).isEqualTo(1);
    assertThat(scrape.value("salvor_attempts_limit")).isEqualTo(4);
    gate.open();
    bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(scrape().value("salvor_tasks", "state", "REVIEW")).isEqualTo(1);
  }

  @Test
  void what_an_attempt_has_spent_is_counted_once_through_a_kill_of_the_server_Z22() {
    Gate gate = bench.gate();
    Task task =
        bench
            .author()
            .createAndDispatch(
                work(
                    Scripts.script(
                        USED
                            + "read -r word <\"$1\"; "
                            + USED
                            + "git commit -q --allow-empty -m Work",
                        gate.fifo().toString())));
    awaitCost(task);
    assertThat(scrape().value("salvor_cost_usd_total")).isEqualTo(0.25);

    bench.restartAfterKill();
    gate.open();
    bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(scrape().value("salvor_cost_usd_total")).isZero();
    assertThat(scrape().value("salvor_attempts_ended_total", "reason", "success")).isEqualTo(1);
  }

  @Test
  void calls_are_counted_by_method_and_status_refused_ones_too() {
    var status = GetStatusRequest.getDefaultInstance();
    bench.author().instance().getStatus(status);
    try (Connection tcp = Connection.over(bench.server().address().grpc())) {
      Refused.of(() -> tcp.with(Credentials.NONE).instance().getStatus(status));
    }
    Refused.of(() -> bench.author().get("tasks/TASK-9999"));

    Scrape scrape = scrape();
    String method = "salvor.v1.InstanceService/GetStatus";
    assertThat(scrape.value("salvor_rpc_seconds_count", "method", method, "code", "OK"))
        .isEqualTo(1);
    assertThat(
            scrape.value("salvor_rpc_seconds_count", "method", method, "code", "UNAUTHENTICATED"))
        .isEqualTo(1);
    assertThat(
            scrape.value(
                "salvor_rpc_seconds_count",
                "method",
                "salvor.v1.TaskService/GetTask",
                "code",
                "NOT_FOUND"))
        .isEqualTo(1);
    assertThat(scrape.value("salvor_rpc_faults_total")).isZero();
  }

  @Test
  void more_history_makes_no_more_series() {
    Task task = bench.author().create(work(Scripts.exits(0)));
    bench.author().tasks().commentTask(comment(task));
    bench.author().create(work(Scripts.exits(0)));
    int before = scrape().series().size();
    for (int i = 0; i < 50; i++) {
      bench.as("user:u" + i).create(work(Scripts.exits(0)).setTitle("Title " + i));
      bench.author().tasks().commentTask(comment(task));
    }
    assertThat(scrape().series()).hasSize(before);
  }

  @Test
  void memory_and_disk_are_shown() {
    Scrape scrape = scrape();
    assertThat(
            List.of(
                scrape.value("jvm_memory_used_bytes", "area", "heap"),
                scrape.value("salvor_resident_bytes"),
                scrape.value("salvor_store_bytes"),
                scrape.value("salvor_logs_bytes"),
                scrape.value("salvor_disk_free_bytes")))
        .allSatisfy(bytes -> assertThat(bytes).isPositive());
    assertThat(scrape.value("salvor_healthy")).isEqualTo(1);
    assertThat(scrape.value("salvor_engine_answers")).isEqualTo(1);
  }

  @Test
  void every_metric_of_ours_is_in_the_documents() throws IOException {
    String documented = Files.readString(Places.root().resolve("docs").resolve("metrics.md"));
    run(Scripts.commits("work.txt"), Task.State.REVIEW);
    assertThat(
            scrape().names().stream()
                .filter(it -> it.startsWith("salvor_"))
                .map(it -> it.replaceFirst("_(bucket|count|sum|max)$", ""))
                .map(it -> it.replaceFirst("(_append)_(decisions|records)$", "$1_seconds")))
        .allSatisfy(metric -> assertThat(documented).contains("`" + metric));
  }

  private Scrape scrape() {
    return Scrape.of(bench.server());
  }

  private double records() {
    return (double)
        bench.author().instance().getStatus(GetStatusRequest.getDefaultInstance()).getRecords();
  }

  private Task.Builder work(List<String> command) {
    return job(bench.project(), command);
  }

  private Task run(List<String> command, Task.State end) {
    Task task = bench.author().createAndDispatch(work(command));
    return bench.author().await(task.getName(), end);
  }

  private void awaitCost(Task task) {
    Await.until(
        "the cost to be told",
        () -> bench.author().get(task.getName()).getTotalUsage().getCostMicroUsd() > 0);
  }

  private static CommentTaskRequest comment(Task task) {
    return CommentTaskRequest.newBuilder().setName(task.getName()).setText("Hm").build();
  }
}
