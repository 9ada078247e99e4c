package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.Heard;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Launcher;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.ShimStop;
import io.salvor.domain.agent.WatchOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Z6: an ending leaves no survivor, and never ends what is somebody else's. Z5: what was said and
/// how it ended is found out, whoever was killed.
@Timeout(120)
class EndingTest {
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

  @AfterEach
  void endAll() throws InterruptedException {
    bench.endAll();
  }

  @ParameterizedTest
  @CsvSource({
    "exit 0, 0, true",
    "exit 7, 7, true",
    "exit 125, 125, true",
    "exit 145, 145, false",
    "kill -9 $$, 137, false",
    "kill -15 $$, 143, false",
    "kill -11 $$, 139, false",
  })
  void the_status_is_what_the_shim_s_shell_saw(String script, int status, boolean used)
      throws Exception {
    Evidence evidence = runToEnd(bench.order(script));

    assertThat(evidence.exit()).isEqualTo(new Exit.Status(status, used));
    assertThat(evidence.oomKilled()).isFalse();
    assertThat(evidence.shimStop()).isEqualTo(ShimStop.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep 600 &",
        "setsid sleep 600 &",
        "nohup sleep 600 >/dev/null 2>&1 &",
        "(setsid sh -c 'sleep 600 & exit' &)",
        "env -i setsid sleep 600 &", // sits in the workspace
        "cd / && env -i setsid sh -c 'sleep 600 & exit' &", // holds the lock, nothing else
        "setsid sh -c 'trap \"\" TERM HUP INT; while :; do sleep 600; done' &",
        "cd .. && setsid sh -c 'cd / && exec sleep 600' &",
      })
  void whatever_a_leader_leaves_behind_is_ended_Z6(String leave) throws Exception {
    // every child writes no pid of its own reliably: the sleeping ones are told apart by their odd
    // argument
    String oddity = Long.toString(1_000_000 + Math.abs(directory.hashCode() % 1_000_000));
    LaunchOrder order = bench.order(leave.replace("600", oddity) + "\nsleep 0.2; exit 0");

    Evidence evidence = runToEnd(order);

    assertThat(evidence.exit()).isEqualTo(new Exit.Status(0, true));
    assertThat(evidence.survivorsKilled()).isPositive();
    assertThat(ProcessTable.scan().entries().stream().filter(it -> sleeps(it, oddity))).isEmpty();
  }

  private static boolean sleeps(ProcessEntry it, String seconds) {
    return it.alive() && it.arguments().equals("sleep\0" + seconds + "\0");
  }

  @Test
  void an_agent_that_hears_nothing_is_killed_after_five_seconds() throws Exception {
    AgentProcesses processes = bench.processes();
    LaunchOrder order =
        bench.order("trap '' TERM; echo '{\"salvor\":\"reload\"}'; while :; do sleep 0.1; done");
    ProcessIdentity process = Bench.started(processes, order);
    Heard heard = new Heard(0).wanting(1);
    processes.watch(new WatchOrder(order.attempt(), order.agent(), process, 0), heard);
    long before = System.nanoTime();

    Evidence evidence = Bench.ended(processes, order, heard);

    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
    assertThat(evidence.exit()).isEqualTo(new Exit.Status(137, false));
  }

  @Test
  void an_agent_may_say_a_last_word_when_asked_to_stop_but_it_comes_after_the_stop()
      throws Exception {
    AgentProcesses processes = bench.processes();
    LaunchOrder order =
        bench.order(
            "trap 'echo \"{\\\"salvor\\\":\\\"result\\\",\\\"status\\\":\\\"success\\\"}\"; exit 0' TERM;"
                + " echo '{\"salvor\":\"reload\"}'; while :; do sleep 0.01; done");
    ProcessIdentity process = Bench.started(processes, order);
    Heard heard = new Heard(0).wanting(1);
    processes.watch(new WatchOrder(order.attempt(), order.agent(), process, 0), heard);

    Heard rest = new Heard(heard.until());
    Evidence evidence = Bench.ended(processes, order, rest);
    Evidence later = Bench.ended(bench.processes(), order, new Heard(rest.until()));

    assertThat(evidence.exit()).isEqualTo(new Exit.Status(0, true));
    assertThat(rest.events()).hasSize(1);
    assertThat(evidence.outputAtStop()).isEqualTo(heard.until());
    assertThat(later.outputAtStop()).isEqualTo(heard.until());
  }

  @Test
  void a_shim_that_was_killed_leaves_an_agent_that_is_followed_and_ended_all_the_same_Z5()
      throws Exception {
    AgentProcesses processes = bench.processes();
    LaunchOrder order =
        bench.order(
            "while ! [ -e go ]; do sleep 0.01; done; echo '{\"salvor\":\"reload\"}'; exit 0");
    ProcessIdentity process = Bench.started(processes, order);
    long shim = shimOf(order);
    Posix.kill(shim, Posix.SIGKILL);
    await().until(() -> ProcessEntry.of(shim).filter(ProcessEntry::alive).isEmpty());
    Files.createFile(bench.workspace.resolve("go"));

    Heard heard = Bench.watched(processes, order, process);
    Evidence evidence = Bench.ended(processes, order, heard);

    assertThat(heard.events()).hasSize(1);
    assertThat(evidence.exit()).isEqualTo(new Exit.Unknown());
    assertThat(evidence.sameBoot()).isTrue();
    assertThat(inSession(shim)).isZero();
  }

  @Test
  void signals_sent_to_the_shim_by_others_do_not_stop_it() throws Exception {
    AgentProcesses processes = bench.processes();
    LaunchOrder order = bench.order("while ! [ -e go ]; do sleep 0.01; done; exit 3");
    ProcessIdentity process = Bench.started(processes, order);
    for (int signal : new int[] {1, 2, 3, 15}) {
      assertThat(Posix.kill(shimOf(order), signal)).isZero();
    }
    Files.createFile(bench.workspace.resolve("go"));

    Heard heard = Bench.watched(processes, order, process);

    assertThat(Bench.ended(processes, order, heard).exit()).isEqualTo(new Exit.Status(3, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exec sleep 600", "sleep 600; exit 1", "setsid sleep 600 & sleep 600"})
  void the_shim_ends_an_agent_at_its_deadline_though_no_server_runs_Z8(String script)
      throws Exception {
    LaunchOrder order = bench.order(Bench.script(script), deadline(Duration.ofMillis(300)));
    ProcessIdentity process = Bench.started(bench.processes(), order);

    Heard heard = Bench.watched(bench.processes(), order, process);
    Evidence evidence = Bench.ended(bench.processes(), order, heard);

    assertThat(evidence.shimStop()).isEqualTo(ShimStop.DEADLINE);
    assertThat(evidence.exit()).isEqualTo(new Exit.Status(143, false));
  }

  @Test
  void what_is_said_when_the_shim_ends_an_agent_was_not_said_before_Z5() throws Exception {
    String script = "trap 'echo after; exit 0' TERM; echo before; sleep 600 & wait";
    LaunchOrder order = bench.order(Bench.script(script), deadline(Duration.ofMillis(300)));
    ProcessIdentity process = Bench.started(bench.processes(), order);

    Heard heard = Bench.watched(bench.processes(), order, process);
    Evidence evidence = Bench.ended(bench.processes(), order, heard);

    assertThat(bench.recorder(order).stdout()).hasContent("before\nafter\n");
    assertThat(evidence.outputAtStop()).isEqualTo("before\n".length());
  }

  @Test
  void a_shim_leaves_nothing_of_its_own_behind() throws Exception {
    LaunchOrder order = bench.order("exit 0");
    AgentProcesses processes = bench.processes();
    Bench.watched(processes, order, Bench.started(processes, order));
    long shim = shimOf(order);

    await().until(() -> inSession(shim) == 0);
  }

  @Test
  void a_pid_that_was_given_to_another_process_is_not_the_agent_Z6() throws Exception {
    Process another = new ProcessBuilder("setsid", "sleep", "600").start();
    LaunchOrder order = bench.order("true");
    FlightRecorder recorder = bench.recorder(order);
    recorder.create();
    String boot = Host.read().bootId();
    ProcessEntry entry = ProcessEntry.of(another.pid()).orElseThrow();
    recorder.notes().create(Ticket.NAME, "shim " + entry.pid() + " 1 " + boot);
    recorder.notes().create("started", entry.pid() + " 1 " + boot);
    AgentProcesses processes = bench.processes();
    ProcessIdentity stale = new ProcessIdentity(entry.pid(), 1, boot, "");

    Heard heard = new Heard(0);
    processes.watch(new WatchOrder(order.attempt(), order.agent(), stale, 0), heard);
    Evidence evidence = Bench.ended(processes, order, heard);

    assertThat(another.isAlive()).isTrue();
    assertThat(evidence.survivorsKilled()).isZero();
    another.destroyForcibly().waitFor();
  }

  @Test
  void a_host_that_was_started_anew_is_told_and_nothing_is_signalled_Z6() throws Exception {
    LaunchOrder order = bench.order("true");
    FlightRecorder recorder = bench.recorder(order);
    recorder.create();
    recorder.notes().create(Ticket.NAME, "shim 2 1 another-boot");
    recorder.notes().create("started", ProcessHandle.current().pid() + " 1 another-boot");

    Evidence evidence = Bench.ended(bench.processes(), order, new Heard(0));

    assertThat(evidence.sameBoot()).isFalse();
    assertThat(evidence.exit()).isEqualTo(new Exit.Unknown());
  }

  @Test
  void what_sits_in_the_workspace_and_was_there_before_is_left_alone_Z6() throws Exception {
    Process user =
        new ProcessBuilder("setsid", "sleep", "600").directory(bench.workspace.toFile()).start();
    // the kernel's clock ticks a hundred times a second
    await().pollDelay(Duration.ofMillis(30)).until(() -> true);

    runToEnd(bench.order("exit 0"));

    assertThat(user.isAlive()).isTrue();
    user.destroyForcibly().waitFor();
  }

  @Test
  void what_somebody_else_starts_in_the_workspace_is_left_alone_Z6() throws Exception {
    // a living parent outside of the attempt, as a person's editor has
    Path at = bench.workspace.resolve("at");
    Process parent =
        new ProcessBuilder(
                "setsid",
                "sh",
                "-c",
                "cd /; read go; cd \"$0\"; sleep 600 & echo $! > at; wait",
                bench.workspace.toString())
            .start();
    await().pollDelay(Duration.ofMillis(30)).until(() -> true);
    AgentProcesses processes = bench.processes();
    LaunchOrder order = bench.order("exec sleep 600");
    Bench.started(processes, order);
    try (var stdin = parent.outputWriter()) {
      stdin.write("go\n");
    }
    await().until(() -> Files.exists(at) && Files.size(at) > 1);

    Bench.ended(processes, order, new Heard(0));

    long child = Long.parseLong(Files.readString(at).strip());
    assertThat(ProcessEntry.of(child).filter(ProcessEntry::alive)).isPresent();
    parent.descendants().forEach(ProcessHandle::destroyForcibly);
    parent.destroyForcibly().waitFor();
  }

  @Test
  void a_later_attempt_in_the_same_workspace_is_left_alone_Z3() throws Exception {
    AgentProcesses processes = bench.processes();
    LaunchOrder first = bench.order("exit 0");
    Heard heard = Bench.watched(processes, first, Bench.started(processes, first));
    Bench.ended(processes, first, heard);
    LaunchOrder second = bench.nextOf(first, Bench.script("setsid sleep 600 & exec sleep 600"));
    ProcessIdentity process = Bench.started(processes, second);

    Bench.ended(processes, first, heard);

    assertThat(Host.read().alive(process)).isTrue();
    Bench.ended(processes, second, new Heard(0));
    assertThat(Host.read().alive(process)).isFalse();
  }

  @Test
  void output_that_is_gone_is_told_as_a_failed_read() throws Exception {
    AgentProcesses processes = bench.processes();
    LaunchOrder order = bench.order("echo '{\"salvor\":\"reload\"}'");
    Heard heard = Bench.watched(processes, order, Bench.started(processes, order));
    Files.writeString(bench.recorder(order).stdout(), "");

    Evidence evidence = Bench.ended(processes, order, heard);

    assertThat(evidence.readFailed()).isTrue();
    assertThat(evidence.exit()).isEqualTo(new Exit.Status(0, true));
  }

  private Evidence runToEnd(LaunchOrder order) throws Exception {
    AgentProcesses processes = bench.processes();
    Heard heard = Bench.watched(processes, order, Bench.started(processes, order));
    return Bench.ended(processes, order, heard);
  }

  private long shimOf(LaunchOrder order) throws IOException {
    return ((Ticket.OfShim) Ticket.read(bench.recorder(order).notes()).orElseThrow()).pid();
  }

  private static long inSession(long session) {
    return ProcessTable.scan().entries().stream()
        .filter(it -> it.session() == session && it.alive())
        .count();
  }

  private static Limits deadline(Duration deadline) {
    Limits limits = Limits.DEFAULT;
    return new Limits(
        deadline,
        limits.silence(),
        limits.firstEvent(),
        limits.resultGrace(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalInt.empty());
  }
}
