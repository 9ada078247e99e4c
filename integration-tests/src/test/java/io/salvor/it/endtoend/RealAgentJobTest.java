package io.salvor.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.CommandLine.Outcome;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.ServerProcess.Surroundings;
import io.salvor.process.lab.RealAgent;
import io.salvor.process.lab.RealAgents;
import io.salvor.process.lab.ScriptedModel;
import io.salvor.v1.Attempt;
import io.salvor.v1.Task;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The main job with the real agent CLIs, on a command line, against a scripted model. Skipped,
/// with a message, where one is not installed.
@Tag("real-agent")
@Timeout(300)
final class RealAgentJobTest {
  private static final String COMMIT =
      "echo new > new.txt && git add new.txt && git commit -qm 'Add a file'";

  static Stream<RealAgent> agents() {
    return RealAgents.all().stream();
  }

  @ParameterizedTest
  @MethodSource("agents")
  void its_work_is_reviewed_with_tokens_and_money_approved_by_another_actor_and_merged_Z19(
      RealAgent agent) throws Exception {
    Path program = agent.orSkip();
    try (Bench bench = Bench.idle("real-" + agent.name());
        ScriptedModel model = ScriptedModel.running(COMMIT)) {
      bench.configured("listen = \"127.0.0.1:0\"\nhttp = \"127.0.0.1:0\"\n");
      bench.surround(new Surroundings(List.of(), environment(agent, program, bench, model)));
      bench.start();
      ScratchProject project = bench.project();
      CommandLine salvor = new CommandLine(bench.home(), project.root(), "user:author");

      Task added = task(ok(salvor.run(add(agent))));
      ok(salvor.run("task", "dispatch", added.getDisplayId(), "--wait"));

      Task reviewed = show(salvor, added);
      assertThat(reviewed.getState()).as("%s", reviewed).isEqualTo(Task.State.REVIEW);
      assertThat(reviewed.getExecutorsList()).containsExactly("agent:" + agent.name());
      assertThat(Path.of(reviewed.getWorkspace().getPath()).resolve(".git")).isRegularFile();
      Attempt attempt = reviewed.getAttempts(0);
      assertThat(attempt.getEnding().getReason()).isEqualTo("success");
      assertThat(attempt.getUsage().getInputTokens()).isGreaterThan(1_000);
      assertThat(attempt.getUsage().getOutputTokens()).isEqualTo(100);
      assertThat(attempt.getUsage().getCostMicroUsd()).isPositive();
      assertThat(ok(salvor.run("task", "show", added.getDisplayId())).out()).contains("$0.0");

      CommandLine executor = salvor.as("agent:" + agent.name());
      assertThat(executor.run("task", "approve", added.getDisplayId(), "--merge").status())
          .isEqualTo(5);
      ok(salvor.as("user:reviewer").run("task", "approve", added.getDisplayId(), "--merge"));
      assertThat(show(salvor, added).getState()).isEqualTo(Task.State.MERGED);
      assertThat(project.git("log", "--format=%s", "main")).contains("Add a file");
      assertThat(project.root().resolve("new.txt")).hasContent("new");
    }
  }

  private static Map<String, String> environment(
      RealAgent agent, Path program, Bench bench, ScriptedModel model) throws IOException {
    Path user = Files.createDirectory(bench.folder().resolve("user"));
    Map<String, String> environment = new HashMap<>(agent.environment(user, model));
    environment.put("PATH", program.getParent() + File.pathSeparator + System.getenv("PATH"));
    return environment;
  }

  private static String[] add(RealAgent agent) {
    List<String> words = new ArrayList<>(List.of("task", "add", "Add a file", "-o", "json"));
    words.addAll(List.of("--agent", agent.name()));
    agent.model().ifPresent(model -> words.addAll(List.of("--model", model)));
    return words.toArray(String[]::new);
  }

  private static Task show(CommandLine salvor, Task task) throws InvalidProtocolBufferException {
    return task(ok(salvor.run("task", "show", task.getDisplayId(), "-o", "json")));
  }

  private static Outcome ok(Outcome outcome) {
    assertThat(outcome.status()).as("%s", outcome).isZero();
    return outcome;
  }

  private static Task task(Outcome outcome) throws InvalidProtocolBufferException {
    var task = Task.newBuilder();
    JsonFormat.parser().merge(outcome.out(), task);
    return task.build();
  }
}
