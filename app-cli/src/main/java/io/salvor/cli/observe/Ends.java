package io.salvor.cli.observe;

import com.google.protobuf.Timestamp;
import io.salvor.cli.text.Times;
import io.salvor.v1.Span;
import io.salvor.v1.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// When spans end: one that nothing tells the end of ends with what it is part of.
final class Ends {
  private final Map<String, Instant> ends = new HashMap<>();

  /// @param open when the task's span ends where it is open
  Ends(Trace trace, Instant open) {
    for (Span span : trace.getSpansList()) {
      Instant outer = ends.getOrDefault(span.getParentSpanId(), open);
      ends.put(span.getSpanId(), span.hasEndTime() ? Times.instant(span.getEndTime()) : outer);
    }
  }

  /// The last moment that a trace tells of.
  static Instant lastTold(Trace trace) {
    Instant last = Instant.EPOCH;
    for (Span span : trace.getSpansList()) {
      for (Timestamp at : new Timestamp[] {span.getStartTime(), span.getEndTime()}) {
        Instant moment = Times.instant(at);
        last = moment.isAfter(last) ? moment : last;
      }
    }
    return last;
  }

  Instant of(Span span) {
    return ends.getOrDefault(span.getSpanId(), Times.instant(span.getStartTime()));
  }

  Duration lasted(Span span) {
    Duration lasted = Duration.between(Times.instant(span.getStartTime()), of(span));
    return lasted.isNegative() ? Duration.ZERO : lasted;
  }
}
