package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.Heard;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Launcher;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.ShimStop;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.WatchOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The window that shows an attempt: what it shows, what closes it, and what its closing means.
@Timeout(120)
final class WindowTest {
  @TempDir private Path directory;
  private Bench bench;

  @BeforeAll
  static void needsTmux() {
    Tmux.isThere();
  }

  @BeforeEach
  void makeBench() throws IOException {
    bench = new Bench(directory, Launcher.TMUX);
  }

  @AfterEach
  void endAll() throws InterruptedException {
    bench.endAll();
  }

  @Test
  void it_is_named_after_the_attempt_and_shows_both_streams_of_its_agent() throws Exception {
    LaunchOrder order = bench.order("echo said; echo mistaken >&2; exec sleep 600");
    Bench.started(bench.processes(), order);
    Tmux window = window(order);

    await()
        .until(() -> List.of(window.shown().split("\n")).containsAll(List.of("said", "mistaken")));

    assertThat(window.say("display-message", "-p", "#S")).isEqualTo("TASK-0042-1");
  }

  @Test
  void of_an_agent_that_writes_for_programs_it_shows_what_a_person_can_read() throws Exception {
    AgentProcesses processes = bench.processes();
    Path program =
        Files.writeString(
            bench.workspace.resolve("as-claude"),
            """
            #!/bin/sh
            echo '{"type":"assistant","message":{"id":"m","role":"assistant","content":[{"type":"text","text":"I look first"},{"type":"tool_use","id":"t","name":"Bash","input":{"command":"ls"}}]}}'
            exec sleep 600
            """);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    LaunchOrder order =
        bench.order(
            new Agent(
                "claude",
                Protocol.CLAUDE,
                PermissionProfile.EDIT,
                List.of(program.toString()),
                Optional.empty()));
    ProcessIdentity process = Bench.started(processes, order);
    Thread following =
        Thread.ofPlatform()
            .start(() -> {
              try {
                processes.watch(
                    new WatchOrder(order.attempt(), order.agent(), process, 0), new Heard(0));
              } catch (InterruptedException e) {
                // it was seen
              }
            });
    await()
        .untilAsserted(() ->
            assertThat(window(order).shown())
                .isEqualTo("I look first\n> Bash {\"command\":\"ls\"}"));
    following.interrupt();
    following.join();
  }

  @Test
  void it_closes_by_itself_when_its_agent_ends_and_leaves_nothing_behind() throws Exception {
    AgentProcesses processes = bench.processes();
    LaunchOrder order = bench.order("while ! [ -e go ]; do sleep 0.01; done; exit 3");
    ProcessIdentity process = Bench.started(processes, order);
    Tmux window = window(order);
    assertThat(window.open()).isTrue();
    long server = pid(window, "#{pid}");
    Files.createFile(bench.workspace.resolve("go"));

    Evidence evidence = Bench.ended(processes, order, Bench.watched(processes, order, process));

    assertThat(evidence.exit()).isEqualTo(new Exit.Status(3, true));
    assertThat(evidence.shimStop()).isEqualTo(ShimStop.NONE);
    assertThat(window.socket()).doesNotExist();
    await().until(() -> ProcessEntry.of(server).filter(ProcessEntry::alive).isEmpty());
  }

  /// Who was started deaf to SIGHUP (1), under `nohup`, is killed in the end.
  private static int hungUpStatus() throws IOException {
    return IgnoredSignals.here().has(1) ? 137 : 129;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kill-session", "kill-window", "kill-server", "kill-pane", "respawn-pane -k true"})
  void an_agent_whose_window_is_closed_is_hung_up_Z6(String how) throws Exception {
    LaunchOrder order = bench.order("while :; do sleep 0.01; done");

    Evidence evidence = hungUp(order, window -> window.say(how.split(" ")));

    assertThat(evidence.shimStop()).isEqualTo(ShimStop.WINDOW_CLOSED);
    assertThat(evidence.exit()).isEqualTo(new Exit.Status(hungUpStatus(), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"#{pid}", "#{pane_pid}"})
  void so_is_one_whose_tmux_or_viewer_is_killed_Z6(String which) throws Exception {
    LaunchOrder order = bench.order("while :; do sleep 0.01; done");

    Evidence evidence = hungUp(order, window -> Posix.kill(pid(window, which), Posix.SIGKILL));

    assertThat(evidence.shimStop()).isEqualTo(ShimStop.WINDOW_CLOSED);
    assertThat(evidence.exit()).isEqualTo(new Exit.Status(hungUpStatus(), false));
  }

  @Test
  void one_that_does_not_mind_is_killed_after_a_while_Z6() throws Exception {
    LaunchOrder order = bench.order("trap '' HUP; echo deaf; while :; do sleep 0.01; done");

    Evidence evidence =
        hungUp(
            order,
            window -> {
              await().until(() -> window.shown().contains("deaf"));
              window.say("kill-server");
            });

    assertThat(evidence.shimStop()).isEqualTo(ShimStop.WINDOW_CLOSED);
    assertThat(evidence.oomKilled()).isFalse();
    assertThat(evidence.exit()).isEqualTo(new Exit.Status(137, false));
  }

  @Test
  void keys_that_are_typed_into_it_reach_nobody() throws Exception {
    LaunchOrder order = bench.order("echo said; exec sleep 600");
    ProcessIdentity process = Bench.started(bench.processes(), order);
    Tmux window = window(order);
    await().until(() -> window.shown().contains("said"));

    window.say("send-keys", "C-c", "C-z", "C-d", "q", "Enter");
    await().until(() -> window.shown().contains("q"));

    assertThat(window.open()).isTrue();
    assertThat(Host.read().alive(process)).isTrue();
  }

  @Test
  void nothing_of_the_agent_s_environment_gets_there_and_nothing_of_it_to_the_agent_Z18()
      throws Exception {
    bench.serverEnvironment.put("ANTHROPIC_API_KEY", "of-nobody-else");
    bench.serverEnvironment.put("TMUX", "/of/the/person,1,0");
    LaunchOrder order = bench.order("env > env; exec sleep 600");
    Bench.started(bench.processes(), order);
    Tmux window = window(order);
    await().until(() -> Files.exists(bench.workspace.resolve("env")));

    assertThat(environment(pid(window, "#{pid}")) + environment(pid(window, "#{pane_pid}")))
        .doesNotContain("of-nobody-else", "SALVOR_", "HOME=");
    assertThat(Files.readString(bench.workspace.resolve("env"))).doesNotContain("TMUX");
  }

  @Test
  void without_tmux_the_attempt_does_not_start_and_the_hint_says_what_would_help_Z20()
      throws Exception {
    bench.serverEnvironment.put("PATH", Files.createDirectory(directory.resolve("bin")).toString());
    LaunchOrder order = bench.order(Bench.agent("/bin/sh", "-c", "echo > ran"));

    Spawn.Problem problem = refused(order);

    assertThat(problem.kind()).isEqualTo(Spawn.Kind.PROGRAM_MISSING);
    assertThat(problem.detail()).contains("tmux");
    assertThat(problem.hint())
        .isEqualTo("install tmux, or: salvor task edit --no-attach TASK-0042");
    assertThat(bench.workspace.resolve("ran")).doesNotExist();
  }

  @Test
  void a_window_that_tmux_refuses_is_a_failed_start_in_tmux_s_words_Z20() throws Exception {
    LaunchOrder order = bench.order("echo > ran");
    bench.processes();
    Files.createDirectories(bench.home.resolve("run/windows/TASK-0042-1/in the way"));

    Spawn.Problem problem = refused(order);

    assertThat(problem.kind()).isEqualTo(Spawn.Kind.FAILED);
    assertThat(problem.detail())
        .startsWith("tmux opens no window: ")
        .contains(bench.home.resolve("run/windows/TASK-0042-1").toString());
    assertThat(refused(order)).isEqualTo(problem);
    assertThat(bench.workspace.resolve("ran")).doesNotExist();
  }

  @Test
  void where_the_home_s_path_is_too_long_for_a_socket_it_lies_elsewhere() throws Exception {
    var deep =
        new Bench(Files.createDirectories(directory.resolve("d".repeat(100))), Launcher.TMUX);
    LaunchOrder order = deep.order("exec sleep 600");
    deep.serverEnvironment.remove("XDG_RUNTIME_DIR");
    assertThat(deep.processes().spawn(order)).isInstanceOf(Spawn.Refused.class);

    deep.serverEnvironment.put("XDG_RUNTIME_DIR", directory.toString());
    LaunchOrder next = deep.nextOf(order, order.agent());
    Bench.started(deep.processes(), next);

    Path socket = Path.of(deep.processes().window(next.attempt()).orElseThrow());
    assertThat(socket).startsWith(directory);
    assertThat(new Tmux(socket).open()).isTrue();
    deep.endAll();
  }

  @Test
  void an_agent_without_one_has_none() throws Exception {
    LaunchOrder order = new Bench(directory).order("true");
    Bench.started(bench.processes(), order);

    assertThat(bench.processes().window(order.attempt())).isEmpty();
    Bench.ended(bench.processes(), order, new Heard(0));
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  /// What a person does to a window.
  @FunctionalInterface
  private interface Deed {
    void done(Tmux window) throws Exception;
  }

  private Evidence hungUp(LaunchOrder order, Deed deed) throws Exception {
    AgentProcesses processes = bench.processes();
    ProcessIdentity process = Bench.started(processes, order);
    deed.done(window(order));
    return Bench.ended(processes, order, Bench.watched(processes, order, process));
  }

  private Tmux window(LaunchOrder order) {
    return new Tmux(Path.of(bench.processes().window(order.attempt()).orElseThrow()));
  }

  private Spawn.Problem refused(LaunchOrder order) {
    return ((Spawn.Refused) bench.processes().spawn(order)).problem();
  }

  private static long pid(Tmux window, String which) throws Exception {
    return Long.parseLong(window.say("display-message", "-p", which));
  }

  private static String environment(long pid) throws IOException {
    return Files.readString(Path.of("/proc/" + pid + "/environ")).replace('\0', '\n');
  }
}
