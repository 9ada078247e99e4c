package io.salvor.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.CommandLine.Outcome;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.ScratchProject;
import io.salvor.v1.Agent;
import io.salvor.v1.Record;
import io.salvor.v1.StreamRecordsRequest;
import io.salvor.v1.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `salvor task debug`: a person in the workspace, and no attempt beside them.
final class DebugTest {
  private static final String SECRET = "s3cr3t-of-the-agent";
  private static final Bench bench =
      Bench.idle("debug")
          .configured(
              """
              [agents.fails]
              protocol = "command"
              command = ["sh", "-c", "echo half >half.txt; exit 3"]
              environment = { MY_SECRET = "%s" }

              """
                  .formatted(SECRET));

  private final ScratchProject project = bench.project();
  private final CommandLine salvor = new CommandLine(bench.home(), project.root(), "user:ann");

  @BeforeAll
  static void start() {
    bench.start();
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  private Task failed() {
    Task.Builder job =
        Task.newBuilder()
            .setTitle("Fail")
            .setProject(project.root().toString())
            .setAgent(Agent.newBuilder().setName("fails"));
    return bench.author().await(bench.author().createAndDispatch(job).getName(), Task.State.FAILED);
  }

  @Test
  void a_program_runs_in_the_workspace_with_the_agents_environment_and_no_secret_is_told() {
    Task task = failed();
    Outcome seen =
        salvor.run(
            "task",
            "debug",
            task.getDisplayId(),
            "--",
            "sh",
            "-c",
            "cat half.txt; echo $MY_SECRET $SALVOR_TASK; env | grep -c SALVOR_ATTEMPT; exit 4");
    assertThat(seen.out()).isEqualTo("half\n" + SECRET + " " + task.getDisplayId() + "\n0\n");
    assertThat(seen.status()).isEqualTo(1);
    Record record = records(task).getLast();
    assertThat(record.getKind()).isEqualTo("salvor.task.shell_opened.v1");
    assertThat(record.getActor()).isEqualTo("user:ann");
    assertThat(record.getSummary()).startsWith("goes into the workspace with sh -c cat half.txt");
    assertThat(records(task).toString() + bench.server().log()).doesNotContain(SECRET);
    assertThat(bench.author().get(task.getName()).getState()).isEqualTo(Task.State.FAILED);
  }

  @Test
  void no_attempt_begins_while_somebody_is_in_the_workspace() throws Exception {
    Task task = failed();
    Gate gate = bench.gate();
    Path in = bench.fresh("in");
    Process inside =
        salvor.start(
            "task",
            "debug",
            task.getDisplayId(),
            "--",
            "sh",
            "-c",
            "echo in >\"$1\"; read -r word <\"$2\"",
            "sh",
            in.toString(),
            gate.fifo().toString());
    Await.until("somebody in it", () -> Files.exists(in));
    bench.author().dispatchResuming(task.getName());
    Await.until(
        "a start that failed",
        () ->
            bench.author().get(task.getName()).getAttemptsCount() == 2
                && bench.author().get(task.getName()).getState() == Task.State.READY);
    Task waits = bench.author().get(task.getName());
    assertThat(waits.getAttempts(1).getAgentStarted()).isFalse();
    assertThat(waits.getAttempts(1).getEnding().getReason()).isEqualTo("workspace_failed");
    assertThat(waits.getAttempts(1).getEnding().getDetail())
        .contains("somebody is in the workspace by `salvor task debug`: process ");
    assertThat(inside.isAlive()).isTrue();
    gate.open();
    assertThat(CommandLine.outcome(inside).status()).isZero();
    Task after = bench.author().await(task.getName(), Task.State.FAILED);
    assertThat(after.getAttempts(after.getAttemptsCount() - 1).getAgentStarted()).isTrue();
  }

  @Test
  void nobody_is_let_in_beside_an_attempt_nor_where_there_is_no_workspace() {
    Task.Builder job =
        Task.newBuilder()
            .setTitle("Wait")
            .setProject(project.root().toString())
            .setAgent(
                Agent.newBuilder()
                    .setName("command")
                    .addAllCommand(List.of("sh", "-c", "echo on; exec sleep 1000")));
    Task made = bench.author().create(job);
    assertThat(salvor.run("task", "debug", made.getDisplayId(), "--", "true").status())
        .isEqualTo(4);
    bench.author().dispatch(made.getName());
    bench.author().await(made.getName(), Task.State.RUNNING);
    Outcome beside = salvor.run("task", "debug", made.getDisplayId(), "--", "true");
    assertThat(beside.status()).isEqualTo(4);
    assertThat(beside.err()).contains("has an attempt in its workspace");
  }

  @Test
  void an_agent_is_not_let_in() {
    Task task = failed();
    Outcome outcome =
        salvor.as("agent:command").run("task", "debug", task.getDisplayId(), "--", "true");
    assertThat(outcome.status()).isEqualTo(5);
  }

  private static List<Record> records(Task task) {
    var all = new ArrayList<Record>();
    bench
        .author()
        .records()
        .streamRecords(StreamRecordsRequest.newBuilder().setThread(task.getName()).build())
        .forEachRemaining(it -> all.addAll(it.getRecordsList()));
    return all;
  }
}
