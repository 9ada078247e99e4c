package io.salvor.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.HandMade;
import io.salvor.domain.task.TaskFact;
import io.salvor.records.StoredRecord;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.Task;
import io.salvor.v1.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A timeline of any task is read in little memory and shown on a few pages.
final class TimelineTest {
  private static final TaskId TASK = HandMade.task(1);

  @TempDir private Path home;

  /// Its lines, where so many comments follow on the creation.
  private List<TimelineEntry> lines(int comments) {
    var hand = new HandMade();
    List<Decision> decisions = new ArrayList<>(List.of(hand.create(TASK)));
    for (int i = 0; i < comments; i++) {
      decisions.add(hand.decide(TASK, new TaskFact.Commented("no. " + i)));
    }
    var settings = new SqliteStore.Settings(Duration.ofSeconds(1), 2, 0);
    try (var store = SqliteStore.open(StoreFiles.in(home), settings, Instant::now)) {
      store.log().appendDurably(decisions);
      var timeline = new Timeline();
      List<StoredRecord> all = store.records().page(TASK, 0, comments + 1);
      all.forEach(timeline::take);
      return timeline.lines();
    }
  }

  @Test
  void it_says_what_each_record_is_and_where_the_state_changes() {
    List<TimelineEntry> lines = lines(2);
    assertThat(lines).extracting(TimelineEntry::getSeq).containsExactly(1L, 2L, 3L);
    assertThat(lines)
        .extracting(TimelineEntry::getState)
        .containsExactly(
            Task.State.READY, Task.State.STATE_UNSPECIFIED, Task.State.STATE_UNSPECIFIED);
    assertThat(lines.getLast().getText()).contains("no. 1");
  }

  @ParameterizedTest
  @CsvSource({"399, 400, 101", "400, 400, 102", "999, 400, 701"})
  void of_a_long_one_the_first_hundred_and_the_last_three_hundred_are_shown(
      int comments, int shown, long afterTheFirst) {
    List<TimelineEntry> lines = lines(comments);
    assertThat(lines).hasSize(shown);
    assertThat(lines.get(99).getSeq()).isEqualTo(100);
    assertThat(lines.get(100).getSeq()).isEqualTo(afterTheFirst);
    assertThat(lines.getLast().getSeq()).isEqualTo(comments + 1);
  }
}
