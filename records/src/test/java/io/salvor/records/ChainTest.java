package io.salvor.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.salvor.domain.journal.RandomHistory;
import io.salvor.record.v1.RecordHeader;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class ChainTest {
  private static final StoreIdentity STORE = new StoreIdentity(new UUID(1, 2), 1);

  private final RandomHistory history = new RandomHistory(7);
  private final Chain.Linked linked = Chain.START.link(STORE, history.next(200));

  @Test
  void a_chain_that_was_written_verifies_to_its_end() {
    assertThat(verified(linked.records())).isEqualTo(linked.after());
  }

  @Test
  void an_id_is_made_of_the_previous_one_the_header_and_the_hash_of_the_body() throws Exception {
    StoredRecord first = linked.records().get(0);
    StoredRecord second = linked.records().get(1);
    var sha256 = MessageDigest.getInstance("SHA-256");
    byte[] bodyHash = sha256.digest(second.body().toByteArray());
    ByteString whole = first.id().concat(second.header()).concat(ByteString.copyFrom(bodyHash));

    assertThat(second.id().toByteArray()).isEqualTo(sha256.digest(whole.toByteArray()));
    assertThat(second.readHeader().getPreviousId()).isEqualTo(first.id());
  }

  @Test
  void a_changed_body_is_found() {
    refused(with(it -> it, body -> body.concat(ByteString.copyFromUtf8("x"))), "its bytes");
  }

  @Test
  void a_changed_header_is_found() {
    refused(with(it -> it.toBuilder().setActor("user:mallory").build(), body -> body), "its bytes");
  }

  @Test
  void a_record_that_is_missing_is_found() {
    var records = new ArrayList<>(linked.records());
    records.remove(3);
    assertThatThrownBy(() -> verified(records))
        .isInstanceOfSatisfying(CorruptRecord.class, it -> assertThat(it.seq()).isEqualTo(4))
        .hasMessageContaining("missing");
  }

  @Test
  void a_record_of_another_chain_is_found() {
    var other = Chain.START.link(STORE, new RandomHistory(8).next(200));
    var records = new ArrayList<>(linked.records().subList(0, 3));
    records.add(other.records().get(3));
    assertThatThrownBy(() -> verified(records))
        .isInstanceOf(CorruptRecord.class)
        .hasMessageContaining("does not follow");
  }

  @Test
  void a_decision_over_several_threads_names_its_causes() {
    var causes =
        linked.records().stream().flatMap(it -> it.readHeader().getCausesList().stream()).toList();
    assertThat(causes).isNotEmpty().allMatch(it -> it.getClock() > 0);
  }

  private void refused(List<StoredRecord> records, String why) {
    assertThatThrownBy(() -> verified(records))
        .isInstanceOfSatisfying(CorruptRecord.class, it -> assertThat(it.seq()).isEqualTo(5))
        .hasMessageContaining(why);
  }

  /// The records with the fifth one tampered with.
  private List<StoredRecord> with(
      UnaryOperator<RecordHeader> header, UnaryOperator<ByteString> body) {
    var records = new ArrayList<>(linked.records());
    StoredRecord fifth = records.get(4);
    records.set(
        4,
        new StoredRecord(
            fifth.seq(),
            fifth.id(),
            header.apply(fifth.readHeader()).toByteString(),
            body.apply(fifth.body())));
    return records;
  }

  private static Chain verified(List<StoredRecord> records) {
    Chain chain = Chain.START;
    for (StoredRecord record : records) {
      chain = chain.verify(record);
    }
    return chain;
  }
}
