package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.Heard;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.WatchOrder;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server in a JVM of its own is killed with SIGKILL, and another goes on (Z1, Z2, Z5).
@Timeout(120)
final class ServerKilledTest {
  private static final String SCRIPT =
      """
      echo $$ >> leaders
      i=0
      while [ $i -lt 40 ]; do
        echo '{"salvor":"progress","text":"'$i'"}'
        i=$((i + 1))
        sleep 0.01
      done
      exit 3
      """;

  @TempDir private Path directory;
  private Bench bench;
  private final UUID task = UUID.randomUUID();

  @BeforeEach
  void makeBench() throws IOException {
    bench = new Bench(directory);
  }

  @Test
  void a_killed_server_s_agent_is_adopted_and_no_line_is_lost_or_doubled_Z5() throws Exception {
    Process server = server();
    List<String> said = new ArrayList<>();
    long until;
    try (BufferedReader lines = server.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("spawning");
      ProcessIdentity told = identity(lines.readLine());
      until = 0;
      for (int i = 0; i < 5; i++) {
        String[] batch = lines.readLine().split(" ", 2);
        until = Long.parseLong(batch[0]);
        said.addAll(List.of(batch[1].split(",", -1)));
      }
      server.destroyForcibly().waitFor();

      LaunchOrder order = order(bench, task);
      assertThat(Bench.started(bench.processes(), order)).isEqualTo(told);
      Heard rest = new Heard(until);
      bench.processes().watch(new WatchOrder(order.attempt(), order.agent(), told, until), rest);
      Evidence evidence = Bench.ended(bench.processes(), order, rest);

      said.addAll(rest.said());
      assertThat(said)
          .containsExactlyElementsOf(IntStream.range(0, 40).mapToObj(Integer::toString).toList());
      assertThat(evidence.exit()).isEqualTo(new Exit.Status(3, true));
      assertThat(Files.readAllLines(bench.workspace.resolve("leaders"))).hasSize(1);
    }
  }

  /// Killed at a moment that differs from round to round.
  @RepeatedTest(5)
  void a_server_that_was_killed_in_the_middle_of_a_spawn_starts_one_agent_or_none_Z2()
      throws Exception {
    Process server = server();
    try (BufferedReader lines = server.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("spawning");
    }
    long moment = System.nanoTime() + (task.getLeastSignificantBits() & 0x1ff) * 100_000L;
    while (System.nanoTime() < moment) {
      Thread.onSpinWait();
    }
    server.destroyForcibly().waitFor();

    LaunchOrder order = order(bench, task);
    var spawn = bench.processes().spawn(order);
    Heard heard = new Heard(0);
    Bench.ended(bench.processes(), order, heard);

    Path leaders = bench.workspace.resolve("leaders");
    int ran = Files.exists(leaders) ? Files.readAllLines(leaders).size() : 0;
    assertThat(ran).as(spawn.toString()).isLessThanOrEqualTo(1);
    assertThat(bench.processes().spawn(order)).isEqualTo(spawn);
  }

  private Process server() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Server.class.getName(),
            directory.toString(),
            task.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static ProcessIdentity identity(String line) {
    String[] words = line.split(" ", -1);
    return new ProcessIdentity(
        Long.parseLong(words[0]), Long.parseLong(words[1]), words[2], words[3]);
  }

  private static LaunchOrder order(Bench bench, UUID task) {
    return new LaunchOrder(
        new AttemptRef(new TaskId(task), 1, 7),
        new DisplayId(1),
        Bench.script(SCRIPT),
        bench.workspace.toString(),
        bench.workspace.toString(),
        "",
        Optional.empty(),
        Limits.DEFAULT);
  }

  /// Spawns the agent, then prints each batch until it is killed.
  static final class Server {
    private Server() {}

    public static void main(String[] arguments) throws Exception {
      Bench bench = new Bench(Path.of(arguments[0]));
      LaunchOrder order = order(bench, UUID.fromString(arguments[1]));
      var processes = bench.processes();
      System.out.println("spawning");
      ProcessIdentity it = Bench.started(processes, order);
      System.out.println(it.pid() + " " + it.startTicks() + " " + it.bootId() + " " + it.marker());
      Heard heard = new Heard(0);
      while (true) {
        Heard next = new Heard(heard.until()).wanting(1);
        processes.watch(new WatchOrder(order.attempt(), order.agent(), it, heard.until()), next);
        heard = next;
        System.out.println(next.until() + " " + String.join(",", next.said()));
      }
    }
  }
}
