package io.salvor.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.journal.RecordLog.Seen;
import io.salvor.domain.journal.Request;
import io.salvor.domain.task.Samples;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Z12: a request is carried out once, however few are remembered.
class RequestsTest {
  private static final long LAST = 9;

  private final Requests requests = new Requests(2);

  @BeforeEach
  void three_are_carried_out() {
    for (int seq = 1; seq <= 3; seq++) {
      requests.remember(request(seq), seen(seq));
    }
  }

  @Test
  void what_is_remembered_is_not_carried_out_again_whatever_the_store_knew() {
    assertThat(before(3, 0, Optional.empty()))
        .contains(new Answer.Repeated(Optional.of(Samples.id(1)), 3));
  }

  @Test
  void what_is_forgotten_is_found_in_the_store() {
    assertThat(before(1, 1, Optional.of(seen(1))))
        .contains(new Answer.Repeated(Optional.of(Samples.id(1)), 1));
  }

  @Test
  void
      what_may_have_been_carried_out_and_forgotten_since_the_store_was_asked_is_to_be_asked_again() {
    assertThat(before(1, 0, Optional.empty())).contains(new Answer.Outdated());
  }

  @Test
  void what_the_store_did_not_know_when_all_that_is_forgotten_was_in_it_is_new() {
    assertThat(before(4, 1, Optional.empty())).isEmpty();
  }

  @Test
  void what_was_taken_back_may_be_carried_out() {
    requests.forgetAfter(2);
    assertThat(before(3, 2, Optional.empty())).isEmpty();
  }

  private Optional<Answer> before(int request, long asOf, Optional<Seen> inStore) {
    return requests.before(new Once(request(request), asOf, inStore), LAST);
  }

  private static Request request(int n) {
    return new Request(Samples.ANN, "CommentTask", "r-" + n, "hash");
  }

  private static Seen seen(long seq) {
    return new Seen("hash", Optional.of(Samples.id(1)), seq);
  }
}
