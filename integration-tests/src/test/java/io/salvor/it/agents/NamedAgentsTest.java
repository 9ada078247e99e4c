package io.salvor.it.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Journal;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.ServerProcess.Surroundings;
import io.salvor.v1.Agent;
import io.salvor.v1.AgentServiceGrpc;
import io.salvor.v1.CheckAgentsRequest;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.Limits;
import io.salvor.v1.ListAgentsRequest;
import io.salvor.v1.NamedAgent;
import io.salvor.v1.StreamOutputRequest;
import io.salvor.v1.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Agents that the configuration names (Z30).
final class NamedAgentsTest {
  private static final String COMMITS =
      "echo new > new.txt; git add new.txt; git commit -qm New; "
          + "echo '{\\\"salvor\\\":\\\"progress\\\",\\\"text\\\":\\\"with '$MY_TOKEN'\\\"}'";

  @AutoClose private static final Bench bench = started();

  private final ScratchProject project = bench.project();

  /// A server that finds no agent's program but those of the system.
  private static Bench started() {
    Bench made =
        Bench.idle("named-agents")
            .configured(
                """
                agent = "mine"

                [agents.mine]
                protocol = "command"
                command = ["sh", "-c", "%s"]
                environment = { MY_TOKEN = "open-sesame-1234" }

                [agents.mine.limits]
                usd = "0.75"
                deadline = "7m"

                [prices."known-model"]
                input = 1
                output = 2
                """
                    .formatted(COMMITS));
    made.surround(
        new Surroundings(
            List.of(
                "env",
                "-i",
                "PATH=/usr/bin:/bin",
                "HOME=" + made.folder(),
                "SALVOR_HOME=" + made.home()),
            Map.of()));
    made.start();
    return made;
  }

  @Test
  void a_task_that_names_no_agent_gets_the_configured_one_with_its_limits_and_variables() {
    Task made = bench.author().createAndDispatch(job(Agent.getDefaultInstance()));
    assertThat(made.getAgent().getName()).isEqualTo("mine");
    assertThat(made.getLimits().getCostMicroUsd()).isEqualTo(750_000);
    assertThat(made.getLimits().getDeadline().getSeconds()).isEqualTo(420);

    Task reviewed = bench.author().await(made.getName(), Task.State.REVIEW);
    assertThat(reviewed.getExecutorsList()).containsExactly("agent:mine");
    assertThat(Journal.of(bench.author(), made.getName()).said())
        .containsExactly("with [redacted:MY_TOKEN]");
    assertThat(output(reviewed)).contains("[redacted:MY_TOKEN]").doesNotContain("sesame");
  }

  @Test
  void an_agent_that_is_not_known_is_refused_with_the_names_of_those_that_are() {
    Refused refused =
        Refused.of(() -> bench.author().create(job(Agent.newBuilder().setName("codx").build())));
    assertThat(refused.reason()).isEqualTo(ErrorReason.Code.UNKNOWN_AGENT);
    assertThat(refused.detail()).contains("claude", "codex", "mine");
  }

  @Test
  void a_budget_that_could_not_be_kept_is_refused_Z22() {
    assertThat(Refused.of(() -> bench.author().create(budgeted("no-such-model"))).reason())
        .isEqualTo(ErrorReason.Code.INVALID);
    assertThat(bench.author().create(budgeted("known-model-2")).getLimits().getCostMicroUsd())
        .isEqualTo(1_000_000);
  }

  @Test
  void the_list_names_the_default_and_what_is_found() {
    List<NamedAgent> agents =
        agents().listAgents(ListAgentsRequest.getDefaultInstance()).getAgentsList();
    assertThat(agents).extracting(NamedAgent::getName).contains("claude", "codex", "mine");
    assertThat(agents)
        .filteredOn(NamedAgent::getTakenByDefault)
        .extracting(NamedAgent::getName)
        .containsExactly("mine");
    assertThat(agents)
        .filteredOn(agent -> !agent.getProgram().isEmpty())
        .extracting(NamedAgent::getName)
        .containsExactly("mine");
  }

  @Test
  void a_check_says_what_installs_what_is_missing() {
    NamedAgent codex =
        agents()
            .checkAgents(CheckAgentsRequest.newBuilder().addNames("codex").build())
            .getAgents(0);
    assertThat(codex.getLacks(0).getCommand()).isEqualTo("npm install -g @openai/codex");
  }

  private Task.Builder job(Agent agent) {
    return Task.newBuilder()
        .setTitle("Add a file")
        .setProject(project.root().toString())
        .setAgent(agent);
  }

  private Task.Builder budgeted(String model) {
    return job(Agent.newBuilder().setName("codex").setModel(model).build())
        .setLimits(Limits.newBuilder().setCostMicroUsd(1_000_000));
  }

  private static AgentServiceGrpc.AgentServiceBlockingStub agents() {
    return bench.author().agents();
  }

  private static String output(Task task) {
    var all = new StringBuilder();
    bench
        .author()
        .records()
        .streamOutput(
            StreamOutputRequest.newBuilder().setName(task.getAttempts(0).getName()).build())
        .forEachRemaining(part -> all.append(part.getData().toStringUtf8()));
    return all.toString();
  }
}
