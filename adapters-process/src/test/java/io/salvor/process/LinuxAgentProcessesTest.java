package io.salvor.process;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.AgentProcessesContract;
import io.salvor.domain.agent.Heard;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Launcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The port's contract, with shell scripts as agents.
@Timeout(60)
class LinuxAgentProcessesTest extends AgentProcessesContract {
  @TempDir private Path directory;
  private Bench bench;

  /// How its agents are started.
  Launcher launcher() {
    return Launcher.DETACHED;
  }

  @BeforeEach
  void makeBench() throws IOException {
    bench = new Bench(directory, launcher());
  }

  /// A shim that still writes its last note would write it into a folder that is being deleted.
  @AfterEach
  void endWhatIsLeft() throws InterruptedException {
    LaunchOrder order = order();
    processes().end(order.attempt(), order.agent(), order.workspace(), 0, new Heard(0).wanting(1));
  }

  @Override
  protected AgentProcesses processes() {
    return bench.processes();
  }

  @Override
  protected Agent agent(List<Act> acts) {
    return Bench.script(acts.stream().map(this::line).collect(Collectors.joining("\n")))
        .withLauncher(launcher());
  }

  private String line(Act act) {
    return switch (act) {
      case Act.Say say -> "echo '{\"salvor\":\"progress\",\"text\":\"" + say.text() + "\"}'";
      case Act.LeaveBehind _ -> "setsid sleep 600 &";
      case Act.Linger _ -> "exec sleep 600";
      case Act.Exit exit -> "exit " + exit.status();
    };
  }

  @Override
  protected String workspace() {
    return bench.workspace.toString();
  }
}
