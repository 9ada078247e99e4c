package io.salvor.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.ServerProcess.Surroundings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The examples in other languages do what their text says, through a restart of the server too.
final class ExampleClientsTest {
  enum Way {
    SOCKET,
    TCP
  }

  private static final String BROKEN_OFF = "broken off; going on after ";

  @AutoClose private static final Bench bench = Bench.idle("clients");

  private static final Map<Language, List<String>> commands = new EnumMap<>(Language.class);

  /// A server that is started again must be where it was for those who come over TCP.
  @BeforeAll
  static void start() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    bench.surround(
        new Surroundings(
            List.of("sh", "-c", "exec \"$@\" --listen 127.0.0.1:" + port, "server"), Map.of()));
    bench.start();
  }

  @ParameterizedTest
  @CsvSource({
    "PYTHON, SOCKET",
    "PYTHON, TCP",
    "GO, SOCKET",
    "GO, TCP",
    "NODE, SOCKET",
    "NODE, TCP"
  })
  void a_client_watches_on_from_its_cursor_when_the_server_was_killed_and_started_again_Z27(
      Language language, Way way) throws IOException {
    ScratchProject project = bench.project();
    Gate gate = bench.gate();
    try (RunningClient client =
        start(language, project, Scripts.waitsAndCommits(gate, "work.txt"), reaching(way))) {
      client.awaitLine("RUNNING");
      bench.killServer();
      client.awaitLine(BROKEN_OFF);
      bench.start();
      gate.open();

      assertThat(client.awaitEnd()).as("%s", client.lines()).isZero();
      List<String> lines = client.lines();
      assertThat(lines.getFirst()).matches("created TASK-\\d+");
      assertThat(lines.getLast()).isEqualTo("REVIEW");
      assertThat(lines).containsOnlyOnce("REVIEW");
      assertThat(lines.stream().dropWhile(it -> !it.startsWith(BROKEN_OFF)))
          .as("nothing from before the cursor is told again")
          .doesNotContain("PENDING", "CLAIMED");
      assertThat(lines).noneMatch(it -> it.endsWith("after 0"));
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void a_client_is_told_why_it_is_refused(Language language) {
    ScratchProject project = bench.project();
    var wrong =
        Map.of("SALVOR_SERVER", bench.server().address().grpc(), "SALVOR_TOKEN", "no-such-token");
    try (RunningClient client = start(language, project, Scripts.exits(0), wrong)) {
      assertThat(client.awaitEnd()).isEqualTo(1);
      assertThat(String.join("\n", client.lines()))
          .containsIgnoringCase("unauthenticated: ")
          .contains("token");
    }
  }

  private static RunningClient start(
      Language language, ScratchProject project, List<String> agent, Map<String, String> reaching) {
    var command = new ArrayList<>(command(language));
    command.add(project.root().toString());
    command.addAll(agent);
    return RunningClient.start(command, reaching);
  }

  private static List<String> command(Language language) {
    return commands.computeIfAbsent(language, it -> it.build(folder(it)));
  }

  private static Path folder(Language language) {
    try {
      return Files.createDirectory(bench.fresh(language.name()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, String> reaching(Way way) throws IOException {
    return switch (way) {
      case SOCKET -> Map.of("SALVOR_HOME", bench.home().toString());
      case TCP ->
          Map.of(
              "SALVOR_SERVER",
              bench.server().address().grpc(),
              "SALVOR_TOKEN",
              Files.readString(bench.home().resolve("run/token")).strip());
    };
  }
}
