package io.salvor.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.Instance;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.InstanceThread;
import io.salvor.domain.journal.Request;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.journal.ThreadId;
import io.salvor.domain.journal.Threads;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.TaskFact;
import io.salvor.record.v1.RecordHeader;
import io.salvor.record.v1.TaskCommented;
import io.salvor.record.v1.ThreadName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RecordCodecTest {
  private static final StoreIdentity STORE = new StoreIdentity(new UUID(1, 2), 1);

  static List<Class<?>> facts() {
    return Samples.variants(TaskFact.class);
  }

  static List<Class<?>> factsOfTheInstance() {
    return Samples.variants(InstanceFact.class);
  }

  @ParameterizedTest
  @MethodSource("factsOfTheInstance")
  void what_is_written_about_the_instance_is_read_back(Class<? extends InstanceFact> type) {
    var samples = new Samples(type.getName().hashCode());
    for (int i = 0; i < 100; i++) {
      var statement = samples.of(Statement.OfInstance.class);
      var entry =
          Threads.entry(
              new InstanceThread(Instance.NEW, i + 1),
              new Statement.OfInstance(
                  statement.seq(), statement.actor(), statement.at(), samples.of(type)),
              samples.of(Wrapped.class).request());
      StoredRecord stored = RecordCodec.encode(STORE, entry, List.of(), Chain.START.lastId());
      assertThat(RecordCodec.decode(stored)).isEqualTo(entry);
    }
  }

  @Test
  void a_record_is_read_as_what_its_thread_is_about() {
    StoredRecord stored = stored("salvor.task.commented.v1", ByteString.EMPTY, ByteString.EMPTY);
    assertThatThrownBy(() -> RecordCodec.decode(stored))
        .isInstanceOf(CorruptRecord.class)
        .hasMessageContaining("does not know the kind salvor.task.commented.v1");
  }

  @ParameterizedTest
  @MethodSource("facts")
  void what_is_written_is_read_back(Class<? extends TaskFact> type) {
    var samples = new Samples(type.getName().hashCode());
    for (int i = 0; i < 300; i++) {
      Entry entry = entry(samples, samples.of(type));
      StoredRecord stored = RecordCodec.encode(STORE, entry, List.of(), Chain.START.lastId());
      assertThat(RecordCodec.decode(stored)).isEqualTo(entry);
    }
  }

  @Test
  void every_fact_has_a_kind_of_its_own() {
    var names = new TreeSet<String>();
    for (Class<?> type : facts()) {
      names.add(Kinds.of((TaskFact) new Samples(1).of(type)).name());
    }
    assertThat(names).hasSameSizeAs(facts());
    assertThat(Kinds.names()).containsAll(names);
    assertThat(names).allMatch(it -> it.matches("salvor\\.[a-z]+\\.[a-z_]+\\.v[0-9]+"));
  }

  @Test
  void a_kind_of_a_newer_version_is_refused_by_name() {
    StoredRecord stored = stored("salvor.task.teleported.v7", ByteString.EMPTY);
    assertThatThrownBy(() -> RecordCodec.decode(stored))
        .isInstanceOfSatisfying(CorruptRecord.class, it -> assertThat(it.seq()).isEqualTo(7))
        .hasMessageContaining("salvor.task.teleported.v7");
  }

  @Test
  void what_an_older_version_wrote_is_read_in_todays_form() throws Exception {
    var older =
        new Kind.Older<TaskFact, TaskCommented>(
            "salvor.task.remarked.v1",
            TaskCommented.parser(),
            remark -> new TaskFact.Commented("remark: " + remark.getText()));
    byte[] body = TaskCommented.newBuilder().setText("hello").build().toByteArray();

    assertThat(older.read(body)).isEqualTo(new TaskFact.Commented("remark: hello"));
  }

  static Stream<ByteString> malformedBodies() {
    return Stream.of(
        ByteString.copyFrom(new byte[] {(byte) 0xff, 1, 2}),
        ByteString.EMPTY,
        io.salvor.record.v1.AttemptClaimed.newBuilder()
            .setAttempt(
                io.salvor.record.v1.AttemptRef.newBuilder()
                    .setTask(ByteString.copyFrom(new byte[16]))
                    .setNumber(1)
                    .setEpoch(1))
            .setModeValue(99)
            .build()
            .toByteString());
  }

  @ParameterizedTest
  @MethodSource("malformedBodies")
  void a_body_that_we_did_not_write_is_corrupt(ByteString body) {
    StoredRecord stored = stored("salvor.attempt.claimed.v1", body);
    assertThatThrownBy(() -> RecordCodec.decode(stored))
        .isInstanceOfSatisfying(CorruptRecord.class, it -> assertThat(it.seq()).isEqualTo(7));
  }

  @Test
  void a_header_that_is_none_is_corrupt() {
    var stored =
        new StoredRecord(3, ByteString.EMPTY, ByteString.copyFromUtf8("rubbish"), ByteString.EMPTY);
    assertThatThrownBy(() -> RecordCodec.decode(stored))
        .isInstanceOf(CorruptRecord.class)
        .hasMessageStartingWith("record 3");
  }

  private static StoredRecord stored(String kind, ByteString body) {
    return stored(kind, ByteString.copyFrom(new byte[16]), body);
  }

  private static StoredRecord stored(String kind, ByteString thread, ByteString body) {
    ByteString header =
        RecordHeader.newBuilder()
            .setSeq(7)
            .setKind(kind)
            .setActor("user:ann")
            .setThread(ThreadName.newBuilder().setTask(thread))
            .build()
            .toByteString();
    return new StoredRecord(7, ByteString.EMPTY, header, body);
  }

  private static Entry entry(Samples samples, TaskFact fact) {
    TaskId task = samples.of(TaskId.class);
    ThreadId thread =
        samples.of(Wrapped.class).flag()
            ? new ThreadId.OfTask(task)
            : new ThreadId.OfAttempt(task, samples.of(ThreadId.OfAttempt.class).attempt());
    var recorded = samples.of(Recorded.class);
    return new Entry(
        thread,
        1 + samples.of(Recorded.class).seq(),
        new Statement.OfTask(
            new Recorded(task, recorded.seq(), recorded.actor(), recorded.at(), fact)),
        samples.of(Recorded.class).seq(),
        samples.of(Wrapped.class).number(),
        samples.of(Wrapped.class).request(),
        samples.of(Wrapped.class).flag());
  }

  /// Types that a sample cannot be asked for by class alone.
  record Wrapped(OptionalLong number, Optional<Request> request, boolean flag) {}
}
