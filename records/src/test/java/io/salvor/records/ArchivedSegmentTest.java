package io.salvor.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.salvor.domain.journal.RandomHistory;
import io.salvor.records.ArchivedSegment.Content;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Z13: what was archived comes out as it went in, or is known not to.
final class ArchivedSegmentTest {
  private static final int FROM = 30;

  private final List<StoredRecord> all =
      Chain.START
          .link(new StoreIdentity(new UUID(1, 2), 3), new RandomHistory(7).next(80))
          .records();
  private final List<StoredRecord> some = all.subList(FROM, all.size());
  private final StoredRecord before = all.get(FROM - 1);
  private final ByteString lump = ArchivedSegment.pack(new Chain(before.seq(), before.id()), some);

  private ArchivedSegment read(ByteString bytes) {
    return ArchivedSegment.read(some.getFirst().seq(), some.getLast().seq(), bytes);
  }

  @Test
  void every_record_comes_out_as_it_went_in_and_nothing_else() {
    ArchivedSegment segment = read(lump);
    for (StoredRecord it : some) {
      assertThat(segment.get(it.seq())).isEqualTo(Content.of(it));
    }
    assertThat(segment.covers(before.seq())).isFalse();
    assertThatThrownBy(() -> segment.get(before.seq()))
        .isInstanceOfSatisfying(
            CorruptRecord.class, it -> assertThat(it.seq()).isEqualTo(before.seq()));
    assertThatThrownBy(() -> segment.get(some.getLast().seq() + 1))
        .isInstanceOf(CorruptRecord.class);
    long raw = some.stream().mapToLong(it -> it.header().size() + it.body().size()).sum();
    assertThat((long) lump.size()).isLessThan(raw / 3);
  }

  @Test
  void a_segment_begins_where_the_log_does_and_bears_records_whose_headers_name_no_other() {
    var odd =
        List.of(
            new StoredRecord(1, ByteString.copyFromUtf8("a"), bytes("header"), ByteString.EMPTY),
            new StoredRecord(2, ByteString.copyFromUtf8("b"), bytes("h"), bytes("body")));
    var segment = ArchivedSegment.read(1, 2, ArchivedSegment.pack(Chain.START, odd));
    assertThat(segment.get(1)).isEqualTo(Content.of(odd.get(0)));
    assertThat(segment.get(2)).isEqualTo(Content.of(odd.get(1)));
    ByteString first = ArchivedSegment.pack(Chain.START, all);
    assertThat(ArchivedSegment.read(1, all.size(), first).get(1)).isEqualTo(Content.of(all.get(0)));
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  /// A bit that is not used may differ.
  @Test
  void any_bit_that_was_changed_is_found_or_changes_nothing() {
    var random = new Random(11);
    for (int i = 0; i < 1_000; i++) {
      byte[] changed = lump.toByteArray();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      ArchivedSegment segment = read(ByteString.copyFrom(changed));
      for (StoredRecord it : some) {
        try {
          assertThat(segment.get(it.seq())).isEqualTo(Content.of(it));
        } catch (CorruptRecord found) {
          assertThat(found.seq()).isEqualTo(it.seq());
        }
      }
    }
  }

  @Test
  void of_a_segment_that_ends_too_early_the_records_before_its_end_survive() {
    long survived = 0;
    for (int length = 0; length < lump.size(); length += 7) {
      ArchivedSegment cut = read(lump.substring(0, length));
      assertThatThrownBy(() -> cut.get(some.getFirst().seq())).isInstanceOf(CorruptRecord.class);
      long here = 0;
      while (here < some.size() && survives(cut, some.get((int) here))) {
        here++;
      }
      assertThat(here).isGreaterThanOrEqualTo(survived);
      survived = here;
    }
    assertThat(survived).isGreaterThan(some.size() / 2);
  }

  private static boolean survives(ArchivedSegment segment, StoredRecord record) {
    try {
      assertThat(segment.surviving(record.seq())).isEqualTo(Content.of(record));
      return true;
    } catch (CorruptRecord gone) {
      return false;
    }
  }
}
