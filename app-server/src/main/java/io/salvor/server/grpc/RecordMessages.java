package io.salvor.server.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Values;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.Request;
import io.salvor.domain.journal.ThreadId;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoredRecord;
import io.salvor.v1.Record;
import java.util.HexFormat;

/// Stored records as messages.
final class RecordMessages {
  private final TaskLookup lookup;

  RecordMessages(TaskLookup lookup) {
    this.lookup = lookup;
  }

  Record of(StoredRecord stored) {
    Entry entry = RecordCodec.decode(stored);
    return Record.newBuilder()
        .setSeq(entry.seq())
        .setId(HexFormat.of().formatHex(stored.id().toByteArray()))
        .setThread(name(entry.thread()))
        .setClock(entry.clock())
        .setAttemptEpoch(entry.attemptEpoch())
        .setActor(entry.actor().value())
        .setAct(Record.Act.valueOf(entry.statement().act().name()))
        .setKind(stored.readHeader().getKind())
        .setTime(Names.time(entry.at()))
        .setRequestId(entry.request().map(Request::id).orElse(""))
        .setIntentClock(entry.intent().orElse(0))
        .setLastOfDecision(entry.lastOfDecision())
        .setSummary(FactLine.of(entry.statement()))
        .setBody(body(stored))
        .setDisplayId(entry.ofTask().map(it -> lookup.display(it.task())).orElse(""))
        .build();
  }

  private static String name(ThreadId thread) {
    return switch (thread) {
      case ThreadId.OfInstance _ -> Names.INSTANCE;
      case ThreadId.OfTask(var task) -> Names.task(task);
      case ThreadId.OfAttempt(var task, var attempt) -> Names.attempt(task, attempt);
    };
  }

  private static Struct body(StoredRecord stored) {
    return json(RecordCodec.body(stored));
  }

  /// What JSON has no form for says so: an older version took limits of time that are longer than
  /// all that it can tell, and one record must not hide all others.
  static Struct json(Message message) {
    var json = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(JsonFormat.printer().print(message), json);
    } catch (IllegalArgumentException e) {
      json.putFields("unprintable", Values.of(String.valueOf(e.getMessage())));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message that was read cannot be printed", e);
    }
    return json.build();
  }
}
