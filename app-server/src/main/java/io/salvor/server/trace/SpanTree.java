package io.salvor.server.trace;

import com.google.protobuf.Timestamp;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Recorded;
import io.salvor.v1.Span;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The spans of one task, as they are being made. Used by one thread.
final class SpanTree {
  private static final int ID_BYTES = 8;

  private final TaskId task;
  private final List<Span.Builder> spans = new ArrayList<>();

  SpanTree(TaskId task) {
    this.task = task;
  }

  /// Begins a span with a record; it is open until it is ended.
  ///
  /// @param parent empty for none
  Span.Builder begin(Span.Kind kind, String name, String parent, Recorded first) {
    var span =
        Span.newBuilder()
            .setSpanId(id(kind, first.seq()))
            .setParentSpanId(parent)
            .setKind(kind)
            .setName(name)
            .setStartTime(time(first))
            .setFirstSeq(first.seq())
            .setOutcome(Span.Outcome.OPEN);
    spans.add(span);
    return span;
  }

  /// Ends a span with a record.
  static void end(Span.Builder span, Recorded last, Span.Outcome outcome) {
    span.setEndTime(time(last)).setLastSeq(last.seq()).setOutcome(outcome);
  }

  /// All spans, parents before their children, else as they began.
  List<Span> inOrder() {
    var ordered = new ArrayList<Span>();
    collect("", ordered);
    return ordered;
  }

  private void collect(String parent, List<Span> ordered) {
    for (Span.Builder span : spans) {
      if (span.getParentSpanId().equals(parent)) {
        ordered.add(span.build());
        if (mayHaveParts(span.getKind())) {
          collect(span.getSpanId(), ordered);
        }
      }
    }
  }

  private static boolean mayHaveParts(Span.Kind kind) {
    return kind == Span.Kind.TASK
        || kind == Span.Kind.ATTEMPT
        || kind == Span.Kind.AGENT
        || kind == Span.Kind.TURN;
  }

  static Timestamp time(Recorded recorded) {
    Instant at = recorded.at();
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  /// The same for the same record, whenever it is asked for; never all zeros.
  private String id(Span.Kind kind, long seq) {
    byte[] of =
        ByteBuffer.allocate(28)
            .putLong(task.value().getMostSignificantBits())
            .putLong(task.value().getLeastSignificantBits())
            .putLong(seq)
            .putInt(kind.getNumber())
            .array();
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(of);
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
