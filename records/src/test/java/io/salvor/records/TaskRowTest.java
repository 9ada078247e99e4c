package io.salvor.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.salvor.domain.journal.HandMade;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RandomHistory;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TaskRowTest {
  static List<Class<?>> states() {
    return Samples.variants(TaskState.class);
  }

  @ParameterizedTest
  @MethodSource("states")
  void a_snapshot_holds_the_whole_task(Class<? extends TaskState> state) {
    var samples = new Samples(state.getName().hashCode());
    for (int i = 0; i < 100; i++) {
      Task task = in(samples.of(state), samples.of(Task.class));
      assertThat(TaskRow.of(new OpenThread(task)).task()).isEqualTo(task);
    }
  }

  @Test
  void a_row_says_what_queries_look_for() {
    var hand = new HandMade();
    hand.create(HandMade.task(1));
    Task task = hand.thread(HandMade.task(1)).task();

    TaskRow row = TaskRow.of(hand.thread(HandMade.task(1)));

    assertThat(row.id()).isEqualTo(task.id());
    assertThat(row.title()).isEqualTo("Task 1");
    assertThat(row.agent()).isEqualTo("tester");
    assertThat(row.state()).isEqualTo(TaskState.Kind.READY);
    assertThat(row.closed()).isFalse();
    assertThat(row.createdAt()).isEqualTo("2026-03-01T09:00:00.123456Z");
    assertThat(row.cost()).isEmpty();
  }

  @Test
  void a_snapshot_that_is_none_says_so() {
    assertThatThrownBy(() -> TaskSnapshots.read(ByteString.copyFromUtf8("rubbish")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_random_history_passes_through_every_state() {
    var seen = EnumSet.noneOf(TaskState.Kind.class);
    for (long seed = 1; seed <= 50 && seen.size() < TaskState.Kind.values().length; seed++) {
      var history = new RandomHistory(seed);
      for (int i = 0; i < 2_000; i++) {
        history.next().threads().forEach(it -> seen.add(it.task().kind()));
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(TaskState.Kind.values());
  }

  @Test
  void equal_rows_have_equal_hashes_and_any_difference_shows() {
    String hash = hash(new RandomHistory(3), 300);
    assertThat(hash(new RandomHistory(3), 300)).isEqualTo(hash);
    assertThat(hash(new RandomHistory(3), 301)).isNotEqualTo(hash);
  }

  @Test
  void rows_are_hashed_in_the_order_of_their_ids() {
    var hand = new HandMade();
    hand.create(HandMade.task(1));
    TaskRow row = TaskRow.of(hand.thread(HandMade.task(1)));
    var hash = new StateHash().add(row);
    assertThatThrownBy(() -> hash.add(row)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Task in(TaskState state, Task task) {
    return new Task(
        task.id(),
        task.display(),
        task.spec(),
        state,
        task.since(),
        task.revision(),
        task.createdBy(),
        task.createdAt(),
        task.updatedAt(),
        task.attempts(),
        task.workspace(),
        task.executors(),
        task.lastAttempt(),
        task.reset(),
        task.neared());
  }

  private static String hash(RandomHistory history, int decisions) {
    var log = new MemoryRecordLog(new StoreIdentity(new UUID(1, 2), 1));
    log.appendDurably(history.next(decisions));
    var hash = new StateHash();
    log.rows().forEach(hash::add);
    return hash.hex();
  }
}
