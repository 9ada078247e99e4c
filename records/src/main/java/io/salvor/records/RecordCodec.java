package io.salvor.records;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.salvor.domain.access.Actor;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.Request;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.journal.ThreadId;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.TaskFact;
import io.salvor.record.v1.Act;
import io.salvor.record.v1.Cause;
import io.salvor.record.v1.RecordHeader;
import io.salvor.record.v1.RequestName;
import io.salvor.record.v1.ThreadName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The one way from an entry to stored bytes and back.
public final class RecordCodec {
  private static final Same<TaskFact.Act, Act> ACT = Same.of(TaskFact.Act.class, Act.class, "ACT_");

  private RecordCodec() {}

  /// The record that `entry` becomes after the one with `previousId`.
  ///
  /// @param causes entries in other threads that it follows from
  static StoredRecord encode(
      StoreIdentity store, Entry entry, List<Entry> causes, ByteString previousId) {
    var header =
        RecordHeader.newBuilder()
            .setSeq(entry.seq())
            .setLineage(Scalars.uuid(store.lineage()))
            .setStoreEpoch(store.epoch())
            .setAttemptEpoch(entry.attemptEpoch())
            .setThread(thread(entry.thread()))
            .setClock(entry.clock())
            .setActor(entry.actor().value())
            .setAct(ACT.stored(entry.statement().act()))
            .setKind(kindOf(entry))
            .setAt(Scalars.time(entry.at()))
            .setLastOfDecision(entry.lastOfDecision())
            .setPreviousId(previousId);
    for (Entry cause : causes) {
      header.addCauses(
          Cause.newBuilder().setThread(thread(cause.thread())).setClock(cause.clock()));
    }
    entry.request().ifPresent(request -> header.setRequest(request(request)));
    entry.intent().ifPresent(header::setIntent);
    byte[] headerBytes = header.build().toByteArray();
    byte[] body =
        switch (entry.statement()) {
          case Statement.OfTask(var recorded) -> Kinds.of(recorded.fact()).write(recorded.fact());
          case Statement.OfInstance about -> InstanceKinds.of(about.fact()).write(about.fact());
        };
    return new StoredRecord(
        entry.seq(),
        StoredRecord.id(previousId, headerBytes, body),
        ByteString.copyFrom(headerBytes),
        ByteString.copyFrom(body));
  }

  /// The body as the message that the header's kind names, for those who show it.
  ///
  /// @throws CorruptRecord where it is none, or one that only a newer Salvor knows
  public static Message body(StoredRecord stored) {
    RecordHeader header = stored.readHeader();
    String name = header.getKind();
    Kind<?> kind = isAboutInstance(header) ? instanceKind(stored) : taskKind(stored);
    try {
      return kind.parser().parseFrom(stored.body());
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptRecord(stored.seq(), "malformed " + name, e);
    }
  }

  /// The entry that the bytes say.
  ///
  /// @throws CorruptRecord where they say none, or one that only a newer Salvor knows
  public static Entry decode(StoredRecord stored) {
    RecordHeader header = stored.readHeader();
    try {
      return entry(header, statement(stored, header));
    } catch (InvalidProtocolBufferException | Malformed | IllegalArgumentException e) {
      throw new CorruptRecord(stored.seq(), "malformed " + header.getKind(), e);
    }
  }

  private static Statement statement(StoredRecord stored, RecordHeader header)
      throws InvalidProtocolBufferException {
    byte[] body = stored.body().toByteArray();
    var actor = new Actor(header.getActor());
    Instant at = Scalars.time(header.getAt());
    if (isAboutInstance(header)) {
      InstanceFact fact = instanceKind(stored).read(body);
      return new Statement.OfInstance(header.getSeq(), actor, at, fact);
    }
    TaskFact fact = taskKind(stored).read(body);
    TaskId task = Scalars.task(header.getThread().getTask());
    return new Statement.OfTask(new Recorded(task, header.getSeq(), actor, at, fact));
  }

  private static boolean isAboutInstance(RecordHeader header) {
    return header.getThread().getTask().isEmpty();
  }

  private static Kind<TaskFact> taskKind(StoredRecord stored) {
    String name = stored.readHeader().getKind();
    return Kinds.named(name).orElseThrow(() -> unknown(stored, name));
  }

  private static Kind<InstanceFact> instanceKind(StoredRecord stored) {
    String name = stored.readHeader().getKind();
    return InstanceKinds.named(name).orElseThrow(() -> unknown(stored, name));
  }

  private static CorruptRecord unknown(StoredRecord stored, String name) {
    return new CorruptRecord(stored.seq(), "this version of Salvor does not know the kind " + name);
  }

  /// The kind that an entry is written as: `salvor.attempt.claimed.v1`.
  public static String kindOf(Entry entry) {
    return switch (entry.statement()) {
      case Statement.OfTask(var recorded) -> Kinds.of(recorded.fact()).name();
      case Statement.OfInstance about -> InstanceKinds.of(about.fact()).name();
    };
  }

  private static Entry entry(RecordHeader header, Statement statement) {
    return new Entry(
        thread(header.getThread()),
        header.getClock(),
        statement,
        header.getAttemptEpoch(),
        header.hasIntent() ? OptionalLong.of(header.getIntent()) : OptionalLong.empty(),
        header.hasRequest() ? Optional.of(request(header.getRequest())) : Optional.empty(),
        header.getLastOfDecision());
  }

  private static ThreadName thread(ThreadId thread) {
    return switch (thread) {
      case ThreadId.OfTask(var task) -> ThreadName.newBuilder().setTask(Scalars.task(task)).build();
      case ThreadId.OfAttempt(var task, var attempt) ->
          ThreadName.newBuilder().setTask(Scalars.task(task)).setAttempt(attempt).build();
      case ThreadId.OfInstance _ -> ThreadName.getDefaultInstance();
    };
  }

  private static ThreadId thread(ThreadName stored) {
    if (stored.getTask().isEmpty()) {
      return new ThreadId.OfInstance();
    }
    var task = Scalars.task(stored.getTask());
    return stored.getAttempt() == 0
        ? new ThreadId.OfTask(task)
        : new ThreadId.OfAttempt(task, stored.getAttempt());
  }

  private static RequestName request(Request request) {
    return RequestName.newBuilder()
        .setActor(request.actor().value())
        .setMethod(request.method())
        .setId(request.id())
        .setPayloadHash(request.payloadHash())
        .build();
  }

  private static Request request(RequestName stored) {
    return new Request(
        new Actor(stored.getActor()), stored.getMethod(), stored.getId(), stored.getPayloadHash());
  }
}
