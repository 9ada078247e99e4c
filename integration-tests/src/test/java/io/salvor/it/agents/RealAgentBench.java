package io.salvor.it.agents;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.ServerProcess.Surroundings;
import io.salvor.process.lab.RealAgent;
import io.salvor.process.lab.ScriptedModel;
import io.salvor.v1.Agent;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server and a task for one real agent CLI.
final class RealAgentBench {
  private RealAgentBench() {}

  static Task.Builder job(ScratchProject project, RealAgent cli) {
    var agent = Agent.newBuilder().setName(cli.name());
    cli.model().ifPresent(agent::setModel);
    return Task.newBuilder()
        .setTitle("Add a file")
        .setProject(project.root().toString())
        .setAgent(agent);
  }

  /// A server that has nothing of the environment in which the tests run.
  static Bench of(RealAgent cli, ScriptedModel model) throws IOException {
    Path program = cli.orSkip();
    Bench bench =
        Bench.idle("real-" + cli.name())
            .configured("[agents.%s]\ncommand = [\"%s\"]\n".formatted(cli.name(), program));
    Path user = Files.createDirectory(bench.folder().resolve("user"));
    List<String> alone = new ArrayList<>(List.of("env", "-i", "SALVOR_HOME=" + bench.home()));
    cli.environment(user, model).forEach((name, value) -> alone.add(name + "=" + value));
    bench.surround(new Surroundings(alone, Map.of()));
    return bench;
  }
}
