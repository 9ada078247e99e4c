package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.Heard;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Launcher;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.Spawn.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Starting agents: what they are given, what is refused, who wins.
@Timeout(120)
class SpawnTest {
  private static final long STANDARD_SIGNALS = 0x7fff_ffffL;

  @TempDir private Path directory;
  private Bench bench;

  /// How its agents are started.
  Launcher launcher() {
    return Launcher.DETACHED;
  }

  /// How often starts and ends race.
  int races() {
    return 200;
  }

  @BeforeEach
  void makeBench() throws IOException {
    bench = new Bench(directory, launcher());
  }

  @AfterEach
  void endAll() throws InterruptedException {
    bench.endAll();
  }

  @Test
  void an_agent_gets_its_prompt_its_directory_and_its_marks() throws Exception {
    AgentProcesses processes = bench.processes();
    LaunchOrder order =
        bench.order("cat > prompt; pwd -P > place; echo $SALVOR_ATTEMPT,$SALVOR_TASK > marks");

    run(processes, order);

    assertThat(bench.workspace.resolve("prompt")).hasContent(order.prompt());
    assertThat(bench.workspace.resolve("place"))
        .hasContent(bench.workspace.toRealPath().toString());
    assertThat(bench.workspace.resolve("marks"))
        .hasContent(order.attempt().task() + "/1/7,TASK-0042");
  }

  @Test
  void an_agent_runs_with_signals_umask_and_session_as_a_user_s_program_would() throws Exception {
    AgentProcesses processes = bench.processes();
    LaunchOrder order =
        bench.order(
            "grep SigIgn /proc/self/status > signals; umask > umask;"
                + " read pid c s p g session rest < /proc/$$/stat; echo $pid $g $session > group");

    run(processes, order);

    long ignored = IgnoredSignals.in(Files.readString(bench.workspace.resolve("signals"))).mask();
    long ignoredHere = IgnoredSignals.here().mask();
    assertThat(ignored & ~ignoredHere & STANDARD_SIGNALS).isZero();
    assertThat(Integer.parseInt(Files.readString(bench.workspace.resolve("umask")).strip(), 8))
        .isEqualTo(Integer.parseInt(Host.read().umask(), 8));
    List<String> group =
        List.of(Files.readString(bench.workspace.resolve("group")).strip().split(" ", -1));
    assertThat(group).hasSize(3).containsOnly(group.getFirst());
  }

  @Test
  void an_agent_sees_the_allowed_variables_only_and_the_launch_says_which_Z18() throws Exception {
    bench.serverEnvironment.clear();
    bench.serverEnvironment.putAll(
        Map.of(
            "PATH", System.getenv("PATH"),
            "HOME", "/home/of/somebody",
            "LC_TIME", "C",
            "https_proxy", "http://127.0.0.1:1",
            "CLAUDECODE", "1",
            "GIT_DIR", "/elsewhere",
            "OTHER_TOKEN", "of-another-program"));
    AgentProcesses processes = bench.processes();
    LaunchOrder order = bench.order("env > env; echo of-another-program");

    Spawn.Started started = (Spawn.Started) processes.spawn(order);
    Bench.watched(processes, order, started.process());

    Map<String, String> seen = new TreeMap<>();
    for (String line : Files.readAllLines(bench.workspace.resolve("env"))) {
      String[] parts = line.split("=", 2);
      seen.put(parts[0], parts[1]);
    }
    seen.keySet().removeAll(List.of("PWD", "_", "SHLVL"));
    assertThat(seen)
        .containsOnlyKeys(
            "PATH",
            "HOME",
            "LC_TIME",
            "https_proxy",
            "SALVOR_ATTEMPT",
            "SALVOR_TASK",
            "SALVOR_PROFILE");
    assertThat(started.note().environmentPassed()).containsAll(seen.keySet());
    assertThat(started.note().environmentWithheld())
        .containsExactly("CLAUDECODE", "GIT_DIR", "OTHER_TOKEN");
    assertThat(started.note().command()).contains("env > env; echo [redacted:OTHER_TOKEN]");
  }

  @Test
  void an_agent_s_locale_is_the_server_s_and_not_the_shim_s() throws Exception {
    bench.serverEnvironment.remove("LC_ALL");
    run(bench.processes(), bench.order("echo \"${LC_ALL-none}\" >> locale"));
    bench.serverEnvironment.put("LC_ALL", "C.UTF-8");
    run(bench.processes(), bench.order("echo \"${LC_ALL-none}\" >> locale"));

    assertThat(bench.workspace.resolve("locale")).hasContent("none\nC.UTF-8");
  }

  @Test
  void nobody_else_may_read_the_flight_recorder_Z18() throws Exception {
    LaunchOrder order = bench.order("true");
    AgentProcesses processes = bench.processes();
    Bench.ended(processes, order, Bench.watched(processes, order, Bench.started(processes, order)));

    FlightRecorder recorder = bench.recorder(order);
    assertThat(permissions(recorder.folder())).isEqualTo("rwx------");
    try (var files = Files.list(recorder.folder())) {
      assertThat(files.toList())
          .isNotEmpty()
          .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    }
  }

  @Test
  void a_missing_program_is_refused_before_anything_starts_Z20() {
    Spawn.Problem problem = refused(bench.order(Bench.agent("no-such-program-here")));

    assertThat(problem.kind()).isEqualTo(Kind.PROGRAM_MISSING);
    assertThat(problem.detail()).contains("no-such-program-here");
    assertThat(problem.kind().permanent()).isTrue();
  }

  @Test
  void a_program_that_may_not_be_executed_is_refused() throws Exception {
    Path file = Files.writeString(bench.workspace.resolve("tool"), "#!/bin/sh\n");

    assertThat(refused(bench.order(Bench.agent("./tool"))).kind()).isEqualTo(Kind.NOT_EXECUTABLE);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    run(bench.processes(), bench.order(Bench.agent("./tool")));
  }

  @Test
  void arguments_longer_than_the_kernel_takes_are_refused_Z18() {
    assertThat(refused(bench.order(Bench.agent("echo", "x".repeat(128 * 1024)))).kind())
        .isEqualTo(Kind.ARGUMENTS_TOO_LONG);
    List<String> many = new ArrayList<>(List.of("echo"));
    for (int i = 0; i < 20; i++) {
      many.add("y".repeat(120_000));
    }
    assertThat(refused(bench.order(Bench.agent(many.toArray(String[]::new)))).kind())
        .isEqualTo(Kind.ARGUMENTS_TOO_LONG);
  }

  @Test
  void a_NUL_that_no_program_can_be_given_is_refused_Z21() {
    assertThat(refused(bench.order(Bench.agent("echo", "a\0b"))).kind())
        .isEqualTo(Kind.NUL_IN_ARGUMENTS);
    Agent agent = Bench.script("true").withModel(Optional.of("a\0b"));
    assertThat(refused(bench.order(agent)).detail()).contains("SALVOR_MODEL");
  }

  @Test
  void a_start_that_breaks_for_a_reason_unforeseen_is_one_that_failed_Z21() throws Exception {
    LaunchOrder order = bench.order("echo ran >> ran");
    var nowhere =
        new LaunchOrder(
            order.attempt(),
            order.display(),
            order.agent(),
            "no path\0",
            order.projectRoot(),
            order.prompt(),
            order.session(),
            order.limits());

    assertThat(refused(nowhere).kind()).isEqualTo(Kind.FAILED);
    assertThat(refused(order).kind()).isEqualTo(Kind.FAILED);
    assertThat(bench.workspace.resolve("ran")).doesNotExist();
  }

  @Test
  void the_longest_argument_and_a_long_prompt_are_taken_Z18() throws Exception {
    Agent agent =
        Bench.agent("sh", "-c", "wc -c > sizes; echo ${#0} >> sizes", "x".repeat(128 * 1024 - 1));
    LaunchOrder order = bench.order(agent);
    LaunchOrder longPrompt =
        new LaunchOrder(
            order.attempt(),
            order.display(),
            agent,
            order.workspace(),
            order.projectRoot(),
            "p".repeat(3_000_000),
            order.session(),
            order.limits());

    run(bench.processes(), longPrompt);

    assertThat(bench.workspace.resolve("sizes")).hasContent("3000000\n131071");
  }

  @Test
  void a_workspace_that_is_gone_is_refused_and_stays_so_when_it_comes_back() throws Exception {
    LaunchOrder order = bench.order("true");
    Files.delete(bench.workspace);
    assertThat(refused(order).kind()).isEqualTo(Kind.WORKSPACE_GONE);

    Files.createDirectory(bench.workspace);

    assertThat(refused(order).kind()).isEqualTo(Kind.WORKSPACE_GONE);
  }

  @Test
  void a_workspace_whose_lock_is_held_is_refused_Z2() throws Exception {
    LaunchOrder order = bench.order("true");
    Path lock = bench.recorder(order).lock();
    Files.createDirectories(lock.getParent());
    Process holder =
        new ProcessBuilder("flock", lock.toString(), "sh", "-c", "echo held; exec sleep 600")
            .start();
    holder.inputReader().readLine();

    assertThat(refused(order).kind()).isEqualTo(Kind.WORKSPACE_LOCKED);
    assertThat(refused(order).kind()).isEqualTo(Kind.WORKSPACE_LOCKED);

    holder.descendants().forEach(ProcessHandle::destroyForcibly);
    holder.waitFor();
  }

  @Test
  void a_shim_that_died_with_its_ticket_leaves_an_attempt_that_never_starts_Z1() throws Exception {
    LaunchOrder order = bench.order("true");
    FlightRecorder recorder = bench.recorder(order);
    recorder.create();
    recorder.notes().create(Ticket.NAME, "shim 4194000 1 " + Host.read().bootId());

    assertThat(refused(order).kind()).isEqualTo(Kind.FAILED);
    assertThat(bench.processes().spawn(order)).isInstanceOf(Spawn.Refused.class);
  }

  @Test
  void a_ticket_that_was_never_finished_is_a_ticket_Z1() throws Exception {
    LaunchOrder order = bench.order("true");
    FlightRecorder recorder = bench.recorder(order);
    recorder.create();
    Files.createFile(recorder.file(Ticket.NAME));

    assertThat(refused(order).kind()).isEqualTo(Kind.FAILED);
  }

  @Test
  void of_racing_spawns_and_ends_one_has_the_ticket_each_time_Z2() throws Exception {
    AgentProcesses one = bench.processes();
    AgentProcesses other = bench.processes();
    int started = 0;
    for (int i = 0; i < races(); i++) {
      LaunchOrder order = bench.unkept(Bench.script("echo $$ >> ran; exec sleep 600"));
      List<Object> answers =
          together(
              () -> one.spawn(order),
              () -> other.spawn(order),
              () -> Bench.ended(other, order, new Heard(0)));

      assertThat(answers.get(0)).isEqualTo(answers.get(1));
      Bench.ended(one, order, new Heard(0));
      if (answers.getFirst() instanceof Spawn.Started it) {
        started++;
        assertThat(ProcessEntry.of(it.process().pid()).filter(ProcessEntry::alive)).isEmpty();
      } else {
        assertThat(((Spawn.Refused) answers.getFirst()).problem().kind())
            .isEqualTo(Kind.NEVER_STARTED);
      }
    }
    Path ran = bench.workspace.resolve("ran");
    // an agent may have been ended before its first instruction, but none ran that was not started
    assertThat(Files.exists(ran) ? Files.readAllLines(ran).size() : 0).isLessThanOrEqualTo(started);
  }

  private static List<Object> together(Callable<?>... calls) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Object> results = new ArrayList<>();
      for (var running : List.of(calls).stream().map(threads::submit).toList()) {
        results.add(running.get());
      }
      return results;
    }
  }

  private Spawn.Problem refused(LaunchOrder order) {
    Spawn spawn = bench.processes().spawn(order);
    assertThat(spawn).isInstanceOf(Spawn.Refused.class);
    return ((Spawn.Refused) spawn).problem();
  }

  private static void run(AgentProcesses processes, LaunchOrder order) throws Exception {
    Bench.watched(processes, order, Bench.started(processes, order));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
