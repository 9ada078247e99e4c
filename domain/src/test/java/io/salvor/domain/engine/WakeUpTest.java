package io.salvor.domain.engine;

import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.gone;
import static io.salvor.domain.task.Samples.id;
import static io.salvor.domain.task.Samples.neverRan;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Limits;
import io.salvor.domain.task.GateRun;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Recovery;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskSpec;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.workspace.WorkspaceProblem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WakeUpTest {
  private final Desk desk = new Desk(1);

  @Test
  void a_parked_start_wakes_when_its_time_has_come() {
    desk.add(1, true);
    desk.commit();
    desk.see(1, Samples.preparedRefused(WorkspaceProblem.Kind.LOCKED));
    desk.see(1, gone(neverRan()));
    assertThat(desk.task(1).kind()).isEqualTo(Kind.READY);
    assertThat(desk.tick(Duration.ofSeconds(9))).isInstanceOf(Answer.Nothing.class);
    assertThat(desk.tick(Duration.ofSeconds(3))).isInstanceOf(Answer.Decided.class);
    assertThat(desk.commit()).extracting(Effect::kind).containsExactly(Effect.Kind.PREPARE);
  }

  @Test
  void a_clock_set_back_by_a_day_parks_nothing_for_a_day_Z7() {
    desk.add(1, true);
    desk.commit();
    desk.see(1, Samples.preparedRefused(WorkspaceProblem.Kind.LOCKED));
    desk.see(1, gone(neverRan()));
    assertThat(desk.tick(Duration.ofSeconds(-50))).isInstanceOf(Answer.Nothing.class);
    assertThat(desk.tick(Duration.ofDays(-1))).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void gates_run_by_hand_after_that_change_nothing_of_it_Z7() {
    TaskSpec spec = Samples.specFor(Samples.CLAUDE, Limits.DEFAULT, List.of("make check"));
    desk.add(1, spec.withRecovery(Recovery.DEFAULT.with(Recovery.Mode.AUTO)), true);
    desk.commit();
    desk.see(1, Samples.preparedReady());
    desk.see(1, Samples.spawned());
    desk.see(1, new Finding.Exited());
    desk.see(1, gone(exited(3)));
    assertThat(desk.task(1).kind()).isEqualTo(Kind.READY);
    desk.now = desk.now.plus(Duration.ofDays(-1));
    desk.ask(new TaskCommand.Verify(id(1), Samples.clean()));
    desk.commit();
    assertThat(desk.task(1).kind()).isEqualTo(Kind.VERIFYING);
    desk.see(1, new Finding.Checked(List.of(new GateRun("make check", "it failed", ""))));
    assertThat(desk.task(1).kind()).isEqualTo(Kind.READY);
    assertThat(desk.tick(Duration.ofSeconds(1))).isInstanceOf(Answer.Decided.class);
  }
}
