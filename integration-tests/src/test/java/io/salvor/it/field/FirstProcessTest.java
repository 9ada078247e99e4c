package io.salvor.it.field;

import static io.salvor.it.harness.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Client;
import io.salvor.it.harness.Connection;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.ServerAddress;
import io.salvor.it.harness.ServerProcess;
import io.salvor.it.harness.ServerProcess.Surroundings;
import io.salvor.it.harness.Shell;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A server that is the first process of a container inherits all orphans.
final class FirstProcessTest {
  private static final List<String> CONTAINER =
      List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");

  /// The least of all that may be the first process: it waits for whoever dies.
  private static final List<String> INIT = List.of("sh", "-c", "\"$@\" & wait $!", "init");

  /// Thousands of defunct processes, until nothing can be forked any more.
  @Test
  void a_server_that_is_the_first_process_buries_what_agents_leave_behind_F063() throws Exception {
    leavesNoDead(List.of());
  }

  @Test
  void under_an_init_no_dead_processes_are_left_about_F063() throws Exception {
    leavesNoDead(INIT);
  }

  private static void leavesNoDead(List<String> init) throws Exception {
    try (Bench bench = Bench.idle("first-process")) {
      assumeTrue(mayContain(bench), "no container can be made here");
      ScratchProject project = bench.project();
      bench.configured("[projects.\"%s\"]\ngates = [\"%s\"]\n".formatted(project.root(), ORPHANS));
      Process container = contained(bench, init);
      try (Connection connection = connection(bench.home())) {
        Client client = connection.as("user:author");
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          tasks.add(
              client.createAndDispatch(
                  Bench.job(
                      project,
                      script(ORPHANS + "; git commit -q --allow-empty -m Work; sleep 0.2"))));
        }
        for (Task it : tasks) {
          client.await(it.getName(), Task.State.REVIEW);
        }
        Await.untilAsserted("no dead ones", () -> assertThat(dead(container)).isEmpty());
      } finally {
        container.destroyForcibly().waitFor();
      }
    }
  }

  private static boolean mayContain(Bench bench) {
    return Shell.run(bench.folder(), Stream.concat(CONTAINER.stream(), Stream.of("true")).toList())
            .status()
        == 0;
  }

  private static Process contained(Bench bench, List<String> init) {
    return ServerProcess.launch(
        bench.home(),
        new Surroundings(Stream.concat(CONTAINER.stream(), init.stream()).toList(), Map.of()));
  }

  /// Three children whose parents are gone before them.
  private static final String ORPHANS = "for i in 1 2 3; do (sleep 0.1 &) ; done";

  private static Connection connection(Path home) {
    Await.until(
        "a server that answers",
        () -> {
          var address = ServerAddress.in(home);
          if (address.isEmpty()) {
            return false;
          }
          try (Connection it = Connection.over(address.get().socket())) {
            return it.serves();
          }
        });
    return Connection.over(ServerAddress.in(home).orElseThrow().socket());
  }

  /// Those in the container that nobody has waited for.
  private static List<String> dead(Process container) throws IOException {
    var dead = new ArrayList<String>();
    for (ProcessHandle it : container.descendants().toList()) {
      Path stat = Path.of("/proc/" + it.pid() + "/stat");
      try {
        String line = Files.readString(stat);
        if (line.startsWith("Z", line.lastIndexOf(')') + 2)) {
          dead.add(line.substring(0, line.lastIndexOf(')') + 1));
        }
      } catch (IOException e) {
        assertThat(Files.exists(stat)).as("gone meanwhile").isFalse();
      }
    }
    return dead;
  }
}
