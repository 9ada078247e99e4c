package io.salvor.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.HandMade;
import io.salvor.domain.journal.Request;
import io.salvor.domain.task.TaskFact;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table of requests holds little more than a day of them.
final class RequestRowsTest {
  private static final TaskId ONE = HandMade.task(1);

  @TempDir private Path home;
  private final HandMade hand = new HandMade();
  private int made;

  private void comment(SqliteStore store) {
    made++;
    var request = new Request(HandMade.ANN, "Comment", "r-" + made, "payload");
    var fact = new TaskFact.Commented("comment " + made);
    store.log().appendDurably(List.of(hand.decide(ONE, Optional.of(request), fact)));
  }

  private int rows() throws Exception {
    try (Connection raw = TestStores.raw(home)) {
      return Integer.parseInt(Connections.one(raw, "SELECT count(*) FROM requests"));
    }
  }

  @Test
  void requests_of_a_clock_that_was_ahead_do_not_keep_those_of_days_ago() throws Exception {
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(List.of(hand.create(ONE)));
      hand.later(Duration.ofDays(365));
      for (int i = 0; i < 100; i++) {
        comment(store);
      }
      hand.later(Duration.ofDays(-365));
      for (int i = 0; i < 10; i++) {
        comment(store);
      }
      assertThat(rows()).isEqualTo(110);
      hand.later(Duration.ofHours(25));
      comment(store);
      assertThat(rows()).isEqualTo(101);
    }
  }
}
