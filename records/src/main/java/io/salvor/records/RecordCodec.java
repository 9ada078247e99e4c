package io.salvor.records;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.salvor.domain.access.Actor;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.Request;
import io.salvor.domain.journal.ThreadId;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.TaskFact;
import io.salvor.record.v1.Act;
import io.salvor.record.v1.Cause;
import io.salvor.record.v1.RecordHeader;
import io.salvor.record.v1.RequestName;
import io.salvor.record.v1.ThreadName;
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
    TaskFact fact = entry.recorded().fact();
    Kind.Current<?, ?> kind = Kinds.of(fact);
    var header =
        RecordHeader.newBuilder()
            .setSeq(entry.seq())
            .setLineage(Scalars.uuid(store.lineage()))
            .setStoreEpoch(store.epoch())
            .setAttemptEpoch(entry.attemptEpoch())
            .setThread(thread(entry.thread()))
            .setClock(entry.clock())
            .setActor(entry.recorded().actor().value())
            .setAct(ACT.stored(fact.act()))
            .setKind(kind.name())
            .setAt(Scalars.time(entry.recorded().at()))
            .setLastOfDecision(entry.lastOfDecision())
            .setPreviousId(previousId);
    for (Entry cause : causes) {
      header.addCauses(
          Cause.newBuilder().setThread(thread(cause.thread())).setClock(cause.clock()));
    }
    entry.request().ifPresent(request -> header.setRequest(request(request)));
    entry.intent().ifPresent(header::setIntent);
    byte[] headerBytes = header.build().toByteArray();
    byte[] body = kind.write(fact);
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
    String name = stored.readHeader().getKind();
    Kind kind =
        Kinds.named(name)
            .orElseThrow(() -> new CorruptRecord(stored.seq(), "unknown kind " + name));
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
    Kind kind =
        Kinds.named(header.getKind())
            .orElseThrow(() ->
                new CorruptRecord(
                    stored.seq(),
                    "this version of Salvor does not know the kind " + header.getKind()));
    try {
      TaskFact fact = kind.read(stored.body().toByteArray());
      return entry(header, fact);
    } catch (InvalidProtocolBufferException | Malformed | IllegalArgumentException e) {
      throw new CorruptRecord(stored.seq(), "malformed " + header.getKind(), e);
    }
  }

  /// The kind that a fact is written as: `salvor.attempt.claimed.v1`.
  public static String kindOf(TaskFact fact) {
    return Kinds.of(fact).name();
  }

  private static Entry entry(RecordHeader header, TaskFact fact) {
    ThreadId thread = thread(header.getThread());
    return new Entry(
        thread,
        header.getClock(),
        new Recorded(
            thread.task(),
            header.getSeq(),
            new Actor(header.getActor()),
            Scalars.time(header.getAt()),
            fact),
        header.getAttemptEpoch(),
        header.hasIntent() ? OptionalLong.of(header.getIntent()) : OptionalLong.empty(),
        header.hasRequest() ? Optional.of(request(header.getRequest())) : Optional.empty(),
        header.getLastOfDecision());
  }

  private static ThreadName thread(ThreadId thread) {
    var stored = ThreadName.newBuilder().setTask(Scalars.task(thread.task()));
    return switch (thread) {
      case ThreadId.OfTask _ -> stored.build();
      case ThreadId.OfAttempt attempt -> stored.setAttempt(attempt.attempt()).build();
    };
  }

  private static ThreadId thread(ThreadName stored) {
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
