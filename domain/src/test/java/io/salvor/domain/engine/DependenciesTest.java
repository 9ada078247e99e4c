package io.salvor.domain.engine;

import static io.salvor.domain.task.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.Refusal;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskState.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Tasks that wait for others (Z24).
final class DependenciesTest {
  private final Desk desk = new Desk(2);

  @Test
  void a_merge_frees_those_that_waited_for_it_Z24() {
    desk.add(1, true);
    desk.commit();
    desk.add(2, Samples.specWaitingFor(id(1)), true);
    desk.add(3, Samples.specWaitingFor(id(1)), false);
    desk.commit();
    assertThat(desk.task(2).kind()).isEqualTo(Kind.PENDING);
    desk.merge(1);
    assertThat(desk.task(1).kind()).isEqualTo(Kind.MERGED);
    assertThat(desk.task(2).kind()).isEqualTo(Kind.CLAIMED);
    assertThat(desk.task(3).kind()).isEqualTo(Kind.READY);
    desk.add(4, Samples.specWaitingFor(id(1)), false);
    desk.commit();
    assertThat(desk.task(4).kind()).isEqualTo(Kind.READY);
  }

  @Test
  void nothing_but_a_merge_frees_those_that_wait_Z24() {
    desk.add(1, true);
    desk.add(2, Samples.specWaitingFor(id(1)), true);
    desk.ask(new TaskCommand.Comment(id(1), "soon"));
    desk.commit();
    desk.see(1, Samples.preparedReady());
    assertThat(desk.task(2).kind()).isEqualTo(Kind.PENDING);
  }

  @Test
  void what_waited_in_a_batch_that_failed_is_not_freed() {
    desk.add(1, true);
    desk.commit();
    desk.add(2, Samples.specWaitingFor(id(1)), true);
    desk.fail();
    desk.merge(1);
    assertThat(desk.core.openTasks()).isEmpty();
  }

  @Test
  void more_closed_dependencies_than_are_kept_are_decided_on_at_once() {
    List<OpenThread> closed = closed(1_001);
    TaskId[] ids = closed.stream().map(it -> it.task().id()).toArray(TaskId[]::new);
    var create = new TaskCommand.Create(id(5_000), Samples.specWaitingFor(ids), "brief", 0, false);

    assertThat(desk.askReading(create, closed)).isInstanceOf(Answer.Decided.class);
  }

  /// So many closed tasks, of which a new server knows none.
  private List<OpenThread> closed(int many) {
    for (int n = 1; n <= many; n++) {
      desk.add(n, false);
      desk.ask(new TaskCommand.Cancel(id(n), "no"));
      desk.commit();
    }
    desk.restart();
    return IntStream.rangeClosed(1, many).mapToObj(desk::thread).toList();
  }

  @Test
  void a_dependency_must_be_there() {
    assertThat(Desk.code(desk.add(1, Samples.specWaitingFor(id(9)), false)))
        .isEqualTo(Refusal.Code.UNKNOWN_DEPENDENCY);
  }

  @Test
  void what_would_wait_for_itself_is_refused_by_name_Z24() {
    desk.add(1, false);
    desk.add(2, Samples.specWaitingFor(id(1)), false);
    desk.add(3, Samples.specWaitingFor(id(2)), false);
    desk.commit();
    Answer answer = desk.ask(dependOn(1, 3));
    assertThat(Desk.code(answer)).isEqualTo(Refusal.Code.DEPENDENCY_CYCLE);
    assertThat(((Answer.Refused) answer).refusal().detail())
        .isEqualTo(
            "TASK-0001 would wait for itself: TASK-0001 -> TASK-0003 -> TASK-0002 -> TASK-0001");
    assertThat(Desk.code(desk.ask(dependOn(1, 1)))).isEqualTo(Refusal.Code.DEPENDENCY_CYCLE);
    assertThat(Desk.code(desk.ask(dependOn(1, 9)))).isEqualTo(Refusal.Code.UNKNOWN_DEPENDENCY);
    assertThat(Desk.code(desk.add(4, Samples.specWaitingFor(id(4)), false)))
        .isEqualTo(Refusal.Code.DEPENDENCY_CYCLE);
  }

  @Test
  void a_task_that_waits_anew_is_freed_by_the_merge_of_what_it_waits_for_now_Z24() {
    desk.add(1, true);
    desk.add(2, false);
    desk.commit();
    desk.ask(dependOn(2, 1));
    desk.dispatch(2);
    desk.commit();
    assertThat(desk.task(2).kind()).isEqualTo(Kind.PENDING);
    desk.merge(1);
    assertThat(desk.task(2).kind()).isEqualTo(Kind.CLAIMED);
  }

  private static TaskCommand dependOn(int task, int other) {
    return new TaskCommand.Edit(
        id(task), List.of(new Change.DependsOn(List.of(id(other)))), Optional.empty());
  }
}
