package io.salvor.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every implementation of [AgentProcesses] keeps; run against the real one and against fakes.
public abstract class AgentProcessesContract {

  /// One thing that a scripted agent does.
  public sealed interface Act {
    /// Says something, as an event [AgentEvent.Said].
    record Say(String text) implements Act {}

    /// Leaves a process behind that lives until it is ended.
    record LeaveBehind() implements Act {}

    /// Stays until it is ended.
    record Linger() implements Act {}

    /// Ends.
    record Exit(int status) implements Act {}
  }

  /// The port over the host. A second call stands for a server that was started anew.
  protected abstract AgentProcesses processes();

  /// An agent of protocol [Protocol#COMMAND] that does these things in this order.
  protected abstract Agent agent(List<Act> acts);

  /// A directory to work in.
  protected abstract String workspace();

  private final AttemptRef attempt = new AttemptRef(new TaskId(UUID.randomUUID()), 1, 7);

  /// An order to start an agent that does these things.
  protected final LaunchOrder order(Act... acts) {
    return new LaunchOrder(
        attempt,
        new DisplayId(42),
        agent(List.of(acts)),
        workspace(),
        workspace(),
        "the prompt",
        Optional.empty(),
        Limits.DEFAULT);
  }

  /// Starts it, which must go well.
  protected static ProcessIdentity started(AgentProcesses processes, LaunchOrder order) {
    Spawn spawn = processes.spawn(order);
    assertThat(spawn).isInstanceOf(Spawn.Started.class);
    return ((Spawn.Started) spawn).process();
  }

  /// Follows its output from the beginning.
  protected static Heard watched(AgentProcesses processes, LaunchOrder order, ProcessIdentity it)
      throws InterruptedException {
    Heard heard = new Heard(0);
    processes.watch(new WatchOrder(order.attempt(), order.agent(), it, 0), heard);
    return heard;
  }

  /// Ends it, its output being known to `heard`.
  protected static Evidence ended(AgentProcesses processes, LaunchOrder order, Heard heard)
      throws InterruptedException {
    return processes.end(order.attempt(), order.agent(), order.workspace(), heard.until(), heard);
  }

  @Test
  void output_comes_whole_and_in_order_and_watching_ends_with_the_agent() throws Exception {
    LaunchOrder order = order(new Act.Say("one"), new Act.Say("two"), new Act.Exit(0));
    AgentProcesses processes = processes();

    Heard heard = watched(processes, order, started(processes, order));

    assertThat(heard.said()).containsExactly("one", "two");
    assertThat(heard.progressed()).isTrue();
  }

  @Test
  void an_exit_status_is_found_out_also_by_a_later_server_and_again() throws Exception {
    LaunchOrder order = order(new Act.Say("bye"), new Act.Exit(3));
    AgentProcesses processes = processes();
    Heard heard = watched(processes, order, started(processes, order));

    Evidence first = ended(processes, order, heard);
    Evidence again = ended(processes(), order, heard);

    assertThat(first.exit()).isEqualTo(new Exit.Status(3, true));
    assertThat(first.sameBoot()).isTrue();
    assertThat(first.readFailed()).isFalse();
    assertThat(first.outputAtStop()).isEqualTo(heard.until());
    assertThat(again).isEqualTo(first);
    assertThat(heard.said()).containsExactly("bye");
  }

  @Test
  void a_second_spawn_finds_the_first_one_Z2() {
    LaunchOrder order = order(new Act.Linger());
    AgentProcesses processes = processes();
    ProcessIdentity first = started(processes, order);

    ProcessIdentity second = started(processes(), order);

    assertThat(second).isEqualTo(first);
    endQuietly(order);
  }

  @Test
  void two_spawns_that_race_start_one_agent_Z2() throws Exception {
    LaunchOrder order = order(new Act.Say("here"), new Act.Linger());
    AgentProcesses processes = processes();

    List<Spawn> spawns = together(() -> processes.spawn(order), () -> processes().spawn(order));

    assertThat(spawns).allMatch(Spawn.Started.class::isInstance);
    assertThat(((Spawn.Started) spawns.getFirst()).process())
        .isEqualTo(((Spawn.Started) spawns.getLast()).process());
    endQuietly(order);
  }

  @Test
  void ending_leaves_no_survivor_and_hands_the_rest_of_the_output_over_Z6() throws Exception {
    LaunchOrder order = order(new Act.LeaveBehind(), new Act.Say("before"), new Act.Linger());
    AgentProcesses processes = processes();
    ProcessIdentity process = started(processes, order);
    Heard heard = new Heard(0).wanting(1);
    processes.watch(new WatchOrder(order.attempt(), order.agent(), process, 0), heard);

    Heard rest = new Heard(heard.until());
    ended(processes, order, rest);

    assertThat(heard.said()).containsExactly("before");
    assertThat(rest.said()).isEmpty();
    Heard late = new Heard(heard.until());
    processes.watch(new WatchOrder(order.attempt(), order.agent(), process, heard.until()), late);
    assertThat(late.events()).isEmpty();
  }

  @Test
  void what_outlives_its_leader_is_ended_and_counted_Z6() throws Exception {
    LaunchOrder order = order(new Act.LeaveBehind(), new Act.Say("done"), new Act.Exit(0));
    AgentProcesses processes = processes();
    Heard heard = watched(processes, order, started(processes, order));

    Evidence evidence = ended(processes, order, heard);

    assertThat(evidence.survivorsKilled()).isEqualTo(1);
    assertThat(evidence.exit()).isEqualTo(new Exit.Status(0, true));
    assertThat(ended(processes, order, heard).survivorsKilled()).isZero();
  }

  @Test
  void an_attempt_that_was_ended_before_it_began_never_begins() throws Exception {
    LaunchOrder order = order(new Act.Say("surprise"), new Act.Exit(0));
    AgentProcesses processes = processes();
    Heard heard = new Heard(0);

    Evidence evidence = ended(processes, order, heard);
    Spawn spawn = processes.spawn(order);

    assertThat(evidence.exit()).isEqualTo(new Exit.Unknown());
    assertThat(spawn).isInstanceOf(Spawn.Refused.class);
    assertThat(((Spawn.Refused) spawn).problem().kind()).isEqualTo(Spawn.Kind.NEVER_STARTED);
    assertThat(heard.events()).isEmpty();
  }

  @Test
  void a_spawn_and_an_end_that_race_leave_nothing_alive_Z1() throws Exception {
    LaunchOrder order = order(new Act.Linger());
    AgentProcesses processes = processes();

    together(() -> processes.spawn(order), () -> ended(processes(), order, new Heard(0)));

    Heard heard = new Heard(0);
    ended(processes, order, heard);
    if (processes.spawn(order) instanceof Spawn.Started started) {
      // returns, since the agent is gone
      processes.watch(new WatchOrder(order.attempt(), order.agent(), started.process(), 0), heard);
    }
    assertThat(heard.events()).isEmpty();
  }

  @Test
  void a_later_server_goes_on_where_the_last_one_stopped_Z5() throws Exception {
    LaunchOrder order =
        order(new Act.Say("one"), new Act.Say("two"), new Act.Say("three"), new Act.Exit(0));
    AgentProcesses processes = processes();
    ProcessIdentity process = started(processes, order);
    Heard before = new Heard(0).wanting(1);
    processes.watch(new WatchOrder(order.attempt(), order.agent(), process, 0), before);

    Heard after = new Heard(before.until());
    processes()
        .watch(new WatchOrder(order.attempt(), order.agent(), process, before.until()), after);

    List<String> all = new ArrayList<>(before.said());
    all.addAll(after.said());
    assertThat(all).containsExactly("one", "two", "three");
  }

  @Test
  void watching_stops_when_the_thread_is_interrupted() throws Exception {
    LaunchOrder order = order(new Act.Say("here"), new Act.Linger());
    AgentProcesses processes = processes();
    ProcessIdentity process = started(processes, order);
    Heard heard = new Heard(0);
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread watching =
        Thread.startVirtualThread(() -> {
          try {
            processes.watch(new WatchOrder(order.attempt(), order.agent(), process, 0), heard);
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        });
    heard.awaitFirst();

    watching.interrupt();

    interrupted.await();
    endQuietly(order);
  }

  /// Runs both at the same time.
  @SafeVarargs
  protected static <T> List<T> together(Callable<? extends T>... calls) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<? extends T> call : calls) {
        running.add(
            threads.submit(() -> {
              go.await();
              return call.call();
            }));
      }
      go.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> it : running) {
        results.add(it.get());
      }
      return results;
    }
  }

  private void endQuietly(LaunchOrder order) {
    try {
      ended(processes(), order, new Heard(0));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
