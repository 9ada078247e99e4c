package io.salvor.server.notices;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.salvor.server.config.NoticeSettings.Per;
import io.salvor.v1.Event;
import io.salvor.v1.Event.Severity;
import io.salvor.v1.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WindowsTest {
  private final Windows windows = new Windows(Per.TASK, Duration.ofSeconds(60));

  private static Event event(long second, String cause, int task, Severity severity) {
    return Event.newBuilder()
        .setSeq(second)
        .setTime(Timestamp.newBuilder().setSeconds(second))
        .setCause(cause)
        .setSeverity(severity)
        .setTask("tasks/" + task)
        .setDisplayId("TASK-000" + task)
        .setProject("/shop")
        .build();
  }

  private static Event failed(long second, int task) {
    return event(second, "oom_killed", task, Severity.ERROR);
  }

  private static Instant at(long second) {
    return Instant.ofEpochSecond(second);
  }

  @Test
  void the_first_is_told_at_once_and_the_rest_when_the_window_ends_with_their_number() {
    assertThat(windows.take(failed(0, 1)).orElseThrow().getTimes()).isOne();
    assertThat(windows.take(failed(10, 1))).isEmpty();
    assertThat(windows.take(failed(20, 1))).isEmpty();
    assertThat(windows.due(at(59))).isEmpty();
    assertThat(windows.nextDue()).contains(at(60));
    List<Notice> due = windows.due(at(60));
    assertThat(due).hasSize(1);
    assertThat(due.getFirst().getTimes()).isEqualTo(2);
    assertThat(due.getFirst().getEvent()).isEqualTo(failed(20, 1));
  }

  @Test
  void who_was_told_a_number_is_told_nothing_more_for_another_window() {
    windows.take(failed(0, 1));
    windows.take(failed(10, 1));
    windows.due(at(60));
    assertThat(windows.take(failed(70, 1))).isEmpty();
    assertThat(windows.due(at(120))).hasSize(1);
    assertThat(windows.due(at(180))).isEmpty();
    assertThat(windows.nextDue()).as("nothing is remembered for ever").isEmpty();
    assertThat(windows.take(failed(200, 1)).orElseThrow().getTimes()).isOne();
  }

  @Test
  void another_task_and_another_cause_are_something_else() {
    windows.take(failed(0, 1));
    assertThat(windows.take(failed(1, 2))).isPresent();
    assertThat(windows.take(event(2, "gates_failed", 1, Severity.WARNING))).isPresent();
  }

  @Test
  void what_is_worse_is_told_at_once() {
    windows.take(event(0, "limit_neared", 1, Severity.WARNING));
    assertThat(windows.take(event(1, "limit_neared", 1, Severity.WARNING))).isEmpty();
    assertThat(windows.take(event(2, "limit_neared", 1, Severity.ERROR)).orElseThrow().getTimes())
        .as("with what was counted before it")
        .isEqualTo(2);
  }

  @Test
  void per_project_many_tasks_are_one_notice_that_names_them() {
    var perProject = new Windows(Per.PROJECT, Duration.ofSeconds(60));
    assertThat(perProject.take(failed(0, 1))).isPresent();
    assertThat(perProject.take(failed(1, 2))).isEmpty();
    assertThat(perProject.take(failed(2, 3))).isEmpty();
    assertThat(perProject.take(failed(3, 2))).isEmpty();
    Notice notice = perProject.due(at(100)).getFirst();
    assertThat(notice.getTimes()).isEqualTo(3);
    assertThat(notice.getDisplayIdsList()).containsExactly("TASK-0002", "TASK-0003");
  }

  @Test
  void an_event_after_the_end_of_its_window_is_told_with_what_was_counted() {
    windows.take(failed(0, 1));
    windows.take(failed(10, 1));
    assertThat(windows.take(failed(90, 1)).orElseThrow().getTimes()).isEqualTo(2);
  }

  @Test
  void a_flood_keeps_few_events() {
    windows.take(failed(0, 1));
    for (int i = 1; i < 50; i++) {
      windows.take(failed(i, 1));
    }
    Notice notice = windows.due(at(60)).getFirst();
    assertThat(notice.getTimes()).isEqualTo(49);
    assertThat(notice.getEvent()).isEqualTo(failed(49, 1));
  }
}
