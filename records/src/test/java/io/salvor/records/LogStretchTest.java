package io.salvor.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.RandomHistory;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Z13: a stretch of the log that is written down is read again as it was, or not at all.
final class LogStretchTest {
  private static final StoreIdentity STORE = new StoreIdentity(new UUID(1, 2), 3);

  /// SHA-256 of "hello".
  private static final Decision.Document HELLO =
      new Decision.Document(
          "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", "hello");

  private final List<StoredRecord> all =
      Chain.START.link(STORE, new RandomHistory(7).next(60)).records();

  private LogStretch stretch(int from) {
    Chain before =
        from == 0 ? Chain.START : new Chain(all.get(from - 1).seq(), all.get(from - 1).id());
    return new LogStretch(STORE, before, all.subList(from, all.size()), List.of(HELLO));
  }

  @Test
  void it_is_read_as_it_was_written() throws Exception {
    for (int from : new int[] {0, 1, all.size() - 1}) {
      assertThat(LogStretch.read(stretch(from).bytes())).isEqualTo(stretch(from));
    }
  }

  @Test
  void any_bit_that_was_changed_is_found_and_so_is_an_end_that_is_missing() {
    byte[] file = stretch(0).bytes();
    var random = new Random(11);
    for (int i = 0; i < 300; i++) {
      byte[] changed = file.clone();
      changed[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> LogStretch.read(changed)).isInstanceOf(LogStretch.Unreadable.class);
      byte[] cut = java.util.Arrays.copyOf(file, random.nextInt(file.length));
      assertThatThrownBy(() -> LogStretch.read(cut)).isInstanceOf(LogStretch.Unreadable.class);
    }
  }

  @Test
  void records_that_do_not_follow_on_each_other_and_a_text_of_another_name_are_refused() {
    var gap = new LogStretch(STORE, Chain.START, all.subList(1, all.size()), List.of());
    assertThatThrownBy(() -> LogStretch.read(gap.bytes()))
        .isInstanceOf(LogStretch.Unreadable.class)
        .hasMessageContaining("does not follow");
    var foreign = new Decision.Document(HELLO.hash(), "bye");
    var text = new LogStretch(STORE, Chain.START, all, List.of(foreign));
    assertThatThrownBy(() -> LogStretch.read(text.bytes()))
        .isInstanceOf(LogStretch.Unreadable.class)
        .hasMessageContaining("text");
  }
}
