package io.salvor.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.task.Refusal;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.TaskCommand;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A wish that is only rehearsed is answered as the wish would be, and nothing follows from it.
final class RehearsalTest {
  private final Desk desk = new Desk(3);

  private Answer rehearsed(TaskCommand command) {
    return desk.offer(
        new Input.Ask(Samples.ANN, desk.now, command)
            .knowing(List.of(), List.of(command.task()))
            .rehearsed());
  }

  @Test
  void what_would_be_carried_out_leaves_everything_as_it_was() {
    var create = new TaskCommand.Create(Samples.id(1), Samples.spec(), "brief", 0, true);
    assertThat(rehearsed(create)).isInstanceOf(Answer.Nothing.class);
    assertThat(desk.core.openTasks()).isEmpty();

    Answer made = desk.ask(create);
    assertThat(((Answer.Decided) made).task().orElseThrow().display().number()).isEqualTo(1);

    Answer cancelled = rehearsed(new TaskCommand.Cancel(Samples.id(1), "not wanted"));
    assertThat(cancelled).isInstanceOf(Answer.Nothing.class);
    assertThat(desk.ask(new TaskCommand.Cancel(Samples.id(1), "not wanted")))
        .isInstanceOf(Answer.Decided.class);
  }

  @Test
  void what_would_be_refused_is_refused() {
    desk.add(1, false);
    assertThat(rehearsed(new TaskCommand.Create(Samples.id(1), Samples.spec(), "brief", 0, false)))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            it -> assertThat(it.refusal().code()).isEqualTo(Refusal.Code.TASK_EXISTS));
    assertThat(rehearsed(new TaskCommand.Merge(Samples.id(1), Optional.empty())))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            it -> assertThat(it.refusal().code()).isEqualTo(Refusal.Code.WRONG_STATE));
  }
}
