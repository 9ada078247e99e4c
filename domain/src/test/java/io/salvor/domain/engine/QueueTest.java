package io.salvor.domain.engine;

import static io.salvor.domain.task.Samples.gone;
import static io.salvor.domain.task.Samples.id;
import static io.salvor.domain.task.Samples.neverRan;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.Filing;
import io.salvor.domain.task.Priority;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskSpec;
import io.salvor.domain.task.TaskState.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Who is given the next slot.
final class QueueTest {
  private final Desk desk = new Desk(2);

  @Test
  void slots_are_given_in_the_order_of_the_queue() {
    desk.add(4, true);
    desk.add(3, true);
    desk.add(2, true);
    desk.add(1, true);
    desk.commit();
    assertThat(desk.task(4).kind()).isEqualTo(Kind.CLAIMED);
    assertThat(desk.task(3).kind()).isEqualTo(Kind.CLAIMED);
    assertThat(desk.task(2).kind()).isEqualTo(Kind.QUEUED);
    desk.ask(new TaskCommand.Cancel(id(4), "no"));
    desk.commit();
    assertThat(desk.task(2).kind()).isEqualTo(Kind.QUEUED);
    desk.see(4, gone(neverRan()));
    assertThat(desk.task(2).kind()).isEqualTo(Kind.CLAIMED);
    assertThat(desk.task(1).kind()).isEqualTo(Kind.QUEUED);
  }

  @Test
  void the_more_urgent_is_given_the_next_slot_and_among_equals_who_waited_longest() {
    desk.add(1, true);
    desk.add(2, true);
    desk.add(3, urgent(Priority.LOW), true);
    desk.add(4, true);
    desk.add(5, urgent(Priority.CRITICAL), true);
    desk.add(6, urgent(Priority.HIGH), true);
    desk.add(7, urgent(Priority.HIGH), true);
    desk.commit();
    assertThat(nextSlotsGoTo(5)).containsExactly(5, 6, 7, 4, 3);
  }

  @Test
  void a_priority_counts_from_when_it_was_changed() {
    desk.add(1, true);
    desk.add(2, true);
    desk.add(3, true);
    desk.add(4, true);
    desk.add(5, urgent(Priority.LOW), true);
    desk.commit();
    desk.ask(edit(4, new Change.Urgency(Priority.HIGH)));
    desk.ask(edit(3, new Change.Urgency(Priority.LOW)));
    desk.commit();
    assertThat(nextSlotsGoTo(3)).containsExactly(4, 3, 5);
  }

  /// Gives slots back one by one, and says who got them.
  private List<Integer> nextSlotsGoTo(int slots) {
    var order = new ArrayList<Integer>();
    int running = 1;
    for (int i = 0; i < slots; i++) {
      desk.ask(new TaskCommand.Cancel(id(running), "no"));
      desk.commit();
      desk.see(running, gone(neverRan()));
      running =
          IntStream.rangeClosed(3, 7)
              .filter(n -> !order.contains(n) && isClaimed(n))
              .findFirst()
              .orElseThrow();
      order.add(running);
    }
    return order;
  }

  private boolean isClaimed(int n) {
    return desk.core.openTasks().stream()
        .map(OpenThread::task)
        .anyMatch(task -> task.id().equals(id(n)) && task.kind() == Kind.CLAIMED);
  }

  private static TaskSpec urgent(Priority priority) {
    return Samples.spec().withFiling(new Filing(priority, List.of(), Optional.empty()));
  }

  private static TaskCommand edit(int task, Change change) {
    return new TaskCommand.Edit(id(task), List.of(change), Optional.empty());
  }

  @Test
  void a_batch_that_fails_gives_its_slots_back() {
    desk.add(1, true);
    desk.add(2, true);
    desk.fail();
    desk.add(3, true);
    desk.add(4, true);
    desk.commit();
    assertThat(desk.task(3).kind()).isEqualTo(Kind.CLAIMED);
    assertThat(desk.task(4).kind()).isEqualTo(Kind.CLAIMED);
    assertThat(desk.core.openTasks()).hasSize(2);
  }

  @Test
  void what_was_queued_in_a_batch_that_failed_is_given_no_slot() {
    desk.add(1, true);
    desk.add(2, true);
    desk.commit();
    desk.add(3, true);
    desk.fail();
    desk.ask(new TaskCommand.Cancel(id(1), "no"));
    desk.commit();
    desk.see(1, gone(neverRan()));
    desk.add(4, true);
    desk.commit();
    assertThat(desk.task(4).kind()).isEqualTo(Kind.CLAIMED);
    assertThat(desk.core.openTasks()).hasSize(2);
  }
}
