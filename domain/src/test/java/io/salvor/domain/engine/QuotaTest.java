package io.salvor.domain.engine;

import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.gone;
import static io.salvor.domain.task.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.admission.AdmissionPolicy;
import io.salvor.domain.admission.Allowance;
import io.salvor.domain.admission.Hold;
import io.salvor.domain.admission.Quota;
import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.spending.Amount;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Priority;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskState.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Limits over many tasks as the engine keeps them: from the log alone, and after a restart.
final class QuotaTest {
  private static final AdmissionPolicy FIVE_A_DAY =
      new AdmissionPolicy(
          4,
          new Allowance(Optional.of(Samples.usd(5)), OptionalLong.empty()),
          new TreeMap<>(),
          new TreeMap<>());

  @Test
  void a_day_s_limit_pauses_admission_until_the_next_day_and_what_runs_runs_on_Z22() {
    var desk = new Desk(FIVE_A_DAY);
    run(desk, 1);
    run(desk, 2);
    desk.see(1, output(3));
    desk.see(2, output(2.5));
    desk.add(3, true);
    desk.commit();
    assertThat(desk.task(3).kind()).isEqualTo(Kind.QUEUED);
    assertThat(hold(desk, 3)).isInstanceOf(Hold.DaySpent.class);
    assertThat(desk.task(1).kind()).isEqualTo(Kind.RUNNING);
    assertThat(desk.task(2).kind()).isEqualTo(Kind.RUNNING);

    end(desk, 1);
    desk.tick(Duration.ofMinutes(5));
    desk.commit();
    assertThat(desk.task(3).kind()).isEqualTo(Kind.QUEUED);

    desk.tick(Duration.ofHours(24));
    assertThat(desk.commit()).extracting(Effect::kind).contains(Effect.Kind.PREPARE);
    assertThat(desk.task(3).kind()).isEqualTo(Kind.CLAIMED);
  }

  @Test
  void a_server_that_is_started_anew_knows_what_closed_tasks_have_used_Z22() {
    var desk = new Desk(FIVE_A_DAY);
    run(desk, 1);
    desk.see(1, output(4));
    run(desk, 2);
    desk.see(2, output(1));
    end(desk, 1);
    desk.ask(new TaskCommand.Cancel(id(1), "no"));
    desk.commit();
    assertThat(desk.task(1).kind()).isEqualTo(Kind.CANCELLED);
    desk.restart();

    desk.add(3, true);
    desk.commit();

    assertThat(desk.task(3).kind()).isEqualTo(Kind.QUEUED);
    assertThat(desk.core.admission().spending().of(project(desk)).microUsd()).isEqualTo(5_000_000);
  }

  @Test
  void parts_of_a_day_s_limit_are_said_once_a_day() {
    var desk = new Desk(FIVE_A_DAY);
    run(desk, 1);
    desk.see(1, output(4.1));
    assertThat(said(desk)).containsExactly(75, 80);
    desk.see(1, new Finding.Output(Samples.batch(10, Samples.costs(10, 4.2))));
    assertThat(said(desk)).containsExactly(75, 80);
    desk.restart();
    run(desk, 2);
    desk.see(2, output(4));
    assertThat(said(desk)).containsExactly(75, 80, 90, 100);

    desk.tick(Duration.ofHours(24));
    run(desk, 3);
    desk.see(3, output(3.9));
    assertThat(said(desk)).containsExactly(75, 80, 90, 100, 75);
    assertThat(desk.core.instance().neared()).hasSize(1);
  }

  private static List<Integer> said(Desk desk) {
    return desk.log.stream()
        .flatMap(it -> it.entries().stream())
        .map(Entry::statement)
        .filter(Statement.OfInstance.class::isInstance)
        .map(it -> ((Statement.OfInstance) it).fact())
        .map(it -> ((InstanceFact.AllowanceNeared) it).percent())
        .toList();
  }

  @Test
  void what_the_log_refused_was_not_spent() {
    var desk = new Desk(FIVE_A_DAY);
    run(desk, 1);
    desk.saw(1, desk.task(1).since(), output(4.9));
    desk.fail();
    assertThat(desk.core.admission().spending().of(project(desk)).microUsd()).isZero();
    run(desk, 2);
    desk.add(3, true);
    desk.commit();
    assertThat(desk.task(3).kind()).isEqualTo(Kind.CLAIMED);
  }

  @Test
  void an_agent_that_tells_of_all_tokens_there_are_stops_no_engine_Z22() {
    var desk = new Desk(FIVE_A_DAY);
    run(desk, 1);
    run(desk, 2);
    desk.see(1, output(1));
    Usage all =
        new Usage(
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            0,
            0,
            1,
            Optional.of(new MicroUsd(Long.MAX_VALUE)),
            CostSource.RESULT);
    var told = new AgentEvent.Used(Samples.line(0), all);
    desk.see(2, new Finding.Output(Samples.batch(0, told)));
    desk.see(1, new Finding.Output(Samples.batch(10, Samples.costs(10, 3))));

    desk.add(3, true);
    desk.commit();
    assertThat(desk.task(3).kind()).isEqualTo(Kind.QUEUED);
    assertThat(desk.core.admission().spending().of(project(desk)).microUsd())
        .isEqualTo(Amount.MOST);
  }

  @Test
  void a_lane_that_is_full_holds_up_nobody_else() {
    var agents = new TreeMap<String, Quota>();
    agents.put(Samples.COMMAND.name(), Quota.ofSlots(1));
    var desk = new Desk(new AdmissionPolicy(3, Allowance.ANY, agents, new TreeMap<>()));
    add(desk, 1, Samples.COMMAND, Priority.HIGH);
    add(desk, 2, Samples.COMMAND, Priority.HIGH);
    add(desk, 3, Samples.CLAUDE, Priority.LOW);
    desk.commit();
    assertThat(kinds(desk, 1, 2, 3)).containsExactly(Kind.CLAIMED, Kind.QUEUED, Kind.CLAIMED);
    assertThat(hold(desk, 2)).isInstanceOf(Hold.NoSlot.class);
    desk.see(1, Samples.preparedReady());
    desk.see(1, Samples.spawned());
    end(desk, 1);
    assertThat(desk.task(2).kind()).isEqualTo(Kind.CLAIMED);
  }

  @Test
  void with_little_memory_one_attempt_begins_at_a_time() {
    var desk = new Desk(3);
    desk.offer(new Input.Memory(desk.now, MemoryBand.CRITICAL));
    desk.add(1, true);
    desk.add(2, true);
    desk.commit();
    assertThat(kinds(desk, 1, 2)).containsExactly(Kind.CLAIMED, Kind.QUEUED);
    assertThat(hold(desk, 2)).isEqualTo(new Hold.NoMemory());

    desk.offer(new Input.Memory(desk.now, MemoryBand.APPROACHING));
    desk.commit();
    assertThat(desk.task(2).kind()).isEqualTo(Kind.CLAIMED);
  }

  private static void add(Desk desk, int n, Agent agent, Priority priority) {
    desk.add(n, Samples.specFor(agent, Limits.DEFAULT, List.of()), false);
    desk.ask(new TaskCommand.Edit(id(n), List.of(new Change.Urgency(priority)), Optional.empty()));
    desk.dispatch(n);
  }

  private static void run(Desk desk, int n) {
    desk.add(n, true);
    desk.commit();
    desk.see(n, Samples.preparedReady());
    desk.see(n, Samples.spawned());
  }

  private static void end(Desk desk, int n) {
    desk.see(n, new Finding.Exited());
    desk.see(n, gone(exited(1)));
  }

  private static Finding output(double dollars) {
    return new Finding.Output(Samples.batch(0, Samples.costs(0, dollars)));
  }

  private static Hold hold(Desk desk, int n) {
    return desk.core.admission().hold(desk.task(n), desk.now.wall()).orElseThrow();
  }

  private static String project(Desk desk) {
    return desk.task(1).spec().project();
  }

  private static List<Kind> kinds(Desk desk, int... tasks) {
    return Arrays.stream(tasks).mapToObj(desk::task).map(Task::kind).toList();
  }
}
