package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.Heard;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.WatchOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Z10: any bytes, any length of line, bounded memory, nothing lost, nothing doubled.
@Timeout(120)
final class OutputTest {
  private static final String HELLO = "echo '{\"salvor\":\"progress\",\"text\":\"hello\"}'\n";

  @TempDir private Path directory;
  private Bench bench;

  @BeforeEach
  void makeBench() throws IOException {
    bench = new Bench(directory);
  }

  @AfterEach
  void endAll() throws InterruptedException {
    bench.endAll();
  }

  @Test
  void a_line_longer_than_the_bound_is_told_by_its_range() throws Exception {
    Heard heard = heard("head -c 100000 /dev/zero | tr '\\0' x; echo;" + HELLO, 64 * 1024);

    assertThat(heard.events().getFirst())
        .isEqualTo(new AgentEvent.Unreadable(new ByteRange(0, 100_000), "longer than 65536 bytes"));
    assertThat(heard.said()).containsExactly("hello");
  }

  @Test
  void megabytes_without_a_line_feed_are_read_in_little_memory() throws Exception {
    Heard heard = heard("head -c 50000000 /dev/zero; echo; " + HELLO);

    assertThat(heard.events().getFirst().at()).isEqualTo(new ByteRange(0, 50_000_000));
    assertThat(heard.said()).containsExactly("hello");
    assertThat(heard.until()).isEqualTo(50_000_001 + 37);
  }

  @Test
  void megabytes_of_plain_lines_make_no_events_and_stop_nothing() throws Exception {
    Heard heard = heard("yes plain | head -c 20000000; echo; " + HELLO);

    assertThat(heard.events()).hasSize(1);
    assertThat(heard.progressed()).isTrue();
  }

  @Test
  void bytes_that_are_no_text_do_no_harm() throws Exception {
    Heard heard =
        heard(
            "printf '\\377\\376\\000\\001\\n';"
                + "printf '{\"salvor\":\"progress\",\"text\":\"b\\303\\050d\"}\\r\\n';"
                + HELLO);

    assertThat(heard.said()).containsExactly("b\uFFFD(d", "hello");
  }

  @Test
  void a_last_line_without_a_line_feed_counts_if_it_is_whole_Z5() throws Exception {
    Heard heard = heard("printf '{\"salvor\":\"result\",\"status\":\"success\"}'");

    assertThat(heard.events()).hasSize(1);
    assertThat(heard.events().getFirst()).isInstanceOf(AgentEvent.Terminal.class);
    assertThat(heard.until()).isEqualTo(38);
  }

  @Test
  void a_last_line_that_is_torn_is_told_as_unreadable() throws Exception {
    Heard heard = heard(HELLO + "printf '{\"salvor\":\"result\",\"sta'");

    assertThat(heard.said()).containsExactly("hello");
    assertThat(heard.events().getLast()).isInstanceOf(AgentEvent.Unreadable.class);
  }

  @Test
  void what_was_written_just_before_the_end_is_never_missed_Z5() throws Exception {
    AgentProcesses processes = bench.processes();
    for (int i = 0; i < 50; i++) {
      LaunchOrder order = bench.order("echo '{\"salvor\":\"result\",\"status\":\"success\"}'");

      Heard heard = Bench.watched(processes, order, Bench.started(processes, order));

      assertThat(heard.events()).as("round %d", i).hasSize(1);
    }
  }

  @Test
  void output_goes_on_without_loss_or_doubling_from_every_batch_and_every_offset()
      throws Exception {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      script.append("echo plain ").append(i).append("; ");
      script.append("echo '{\"salvor\":\"progress\",\"text\":\"").append(i).append("\"}'; ");
    }
    AgentProcesses processes = bench.processes();
    LaunchOrder order = bench.order(script.toString());
    ProcessIdentity process = Bench.started(processes, order);
    Heard whole = Bench.watched(processes, order, process);

    for (AgentEvent event : whole.events()) {
      long offset = event.at().end() + 1;
      Heard rest = new Heard(offset);
      bench
          .processes()
          .watch(new WatchOrder(order.attempt(), order.agent(), process, offset), rest);
      List<AgentEvent> all = new ArrayList<>(whole.events());
      all.removeIf(it -> it.at().offset() >= offset);
      all.addAll(rest.events());
      assertThat(all).isEqualTo(whole.events());
    }
  }

  @Test
  void what_is_torn_is_handed_over_once_also_where_somebody_writes_on() throws Exception {
    AgentProcesses processes = bench.processes();
    LaunchOrder order = bench.order("printf '{\"salvor\":\"progress\",'");
    Heard first = Bench.watched(processes, order, Bench.started(processes, order));
    Files.writeString(
        bench.recorder(order).stdout(),
        "\"text\":\"x\"}\n{\"salvor\":\"progress\",\"text\":\"y\"}\n",
        java.nio.file.StandardOpenOption.APPEND);

    Heard rest = new Heard(first.until());
    Bench.ended(bench.processes(), order, rest);

    assertThat(first.events()).hasSize(1);
    assertThat(rest.said()).containsExactly("y");
  }

  @Test
  void an_agent_that_empties_its_own_output_is_followed_to_its_end_after_a_restart_Z1()
      throws Exception {
    AgentProcesses processes = bench.processes();
    LaunchOrder order =
        bench.order(
            HELLO
                + "while ! [ -e cut ]; do sleep 0.01; done; : > /dev/stdout; : > was-cut;"
                + " while ! [ -e go ]; do sleep 0.01; done; exit 0");
    ProcessIdentity process = Bench.started(processes, order);
    Heard before = new Heard(0).wanting(1);
    processes.watch(new WatchOrder(order.attempt(), order.agent(), process, 0), before);
    Files.createFile(bench.workspace.resolve("cut"));
    await().until(() -> Files.exists(bench.workspace.resolve("was-cut")));

    Heard after = new Heard(before.until());
    FutureTask<Void> watching =
        new FutureTask<>(() -> {
          bench
              .processes()
              .watch(new WatchOrder(order.attempt(), order.agent(), process, after.until()), after);
          return null;
        });
    Thread.startVirtualThread(watching);
    Files.createFile(bench.workspace.resolve("go"));
    watching.get();
    Evidence evidence = Bench.ended(bench.processes(), order, after);

    assertThat(evidence.readFailed()).isTrue();
    assertThat(evidence.exit()).isEqualTo(new Exit.Status(0, true));
  }

  @Test
  void an_attempt_whose_recorder_was_taken_away_is_over_when_its_agent_is_gone_Z1()
      throws Exception {
    AgentProcesses processes = bench.processes();
    LaunchOrder order = bench.order(HELLO);
    ProcessIdentity process = Bench.started(processes, order);
    Heard heard = Bench.watched(processes, order, process);
    takeAway(bench.recorder(order).folder());

    processes.watch(new WatchOrder(order.attempt(), order.agent(), process, heard.until()), heard);
    Evidence evidence = Bench.ended(processes, order, heard);

    assertThat(evidence.readFailed()).isTrue();
    assertThat(evidence.exit()).isEqualTo(new Exit.Unknown());
  }

  /// All that is in it; the shim may rename its last file meanwhile.
  private static void takeAway(Path folder) throws IOException {
    List<Path> left;
    do {
      try (var files = Files.list(folder)) {
        left = files.toList();
      }
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    } while (!left.isEmpty());
  }

  @Test
  void words_on_the_error_stream_are_a_sign_of_life() throws Exception {
    AgentProcesses processes = bench.processes();
    LaunchOrder order =
        bench.order("while ! [ -e go ]; do sleep 0.01; done; echo oops >&2; sleep 0.3");
    ProcessIdentity process = Bench.started(processes, order);
    Heard heard = new Heard(0);
    Thread watching =
        Thread.startVirtualThread(() -> {
          try {
            processes.watch(new WatchOrder(order.attempt(), order.agent(), process, 0), heard);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    Files.createFile(bench.workspace.resolve("go"));
    watching.join();

    assertThat(heard.events()).isEmpty();
    assertThat(heard.progressed()).isTrue();
  }

  @Test
  void a_notice_that_the_agent_waits_for_its_provider_is_life_but_no_progress_Z8()
      throws Exception {
    Agent agent =
        new Agent(
            "script",
            Protocol.CLAUDE,
            PermissionProfile.EDIT,
            List.of("sh", "-c", "echo '{\"type\":\"system\",\"subtype\":\"api_retry\"}'"),
            Optional.empty());
    AgentProcesses processes = bench.processes();
    LaunchOrder order = bench.order(agent);

    Heard heard = Bench.watched(processes, order, Bench.started(processes, order));

    assertThat(heard.events()).hasOnlyElementsOfType(AgentEvent.ProviderRetry.class).hasSize(1);
    assertThat(heard.progressed()).isFalse();
  }

  private Heard heard(String script) throws Exception {
    return heard(script, LinuxAgentProcesses.LONGEST_LINE);
  }

  private Heard heard(String script, int longestLine) throws Exception {
    AgentProcesses processes = bench.processes(longestLine);
    LaunchOrder order = bench.order(script);
    return Bench.watched(processes, order, Bench.started(processes, order));
  }
}
