package io.salvor.cli.observe;

import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Durations;
import io.salvor.cli.text.Money;
import io.salvor.cli.text.Table;
import io.salvor.v1.Span;
import io.salvor.v1.Trace;
import io.salvor.v1.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A trace as a person reads it: a tree, with what each part took and what came of it.
final class TraceText {
  private static final int DETAIL = 80;

  private final Trace trace;
  private final Map<String, List<Span>> parts;
  private final Ends ends;
  private final Table table = new Table("");

  private TraceText(Trace trace, Instant now) {
    this.trace = trace;
    this.parts =
        trace.getSpansList().stream().collect(Collectors.groupingBy(Span::getParentSpanId));
    this.ends = new Ends(trace, now);
  }

  static String of(Trace trace, Instant now) {
    var text = new TraceText(trace, now);
    text.add("", "");
    return text.table.toString();
  }

  private void add(String parent, String indent) {
    List<Span> below = parts.getOrDefault(parent, List.of());
    for (int i = 0; i < below.size(); i++) {
      boolean last = i == below.size() - 1;
      boolean root = parent.isEmpty();
      Span span = below.get(i);
      table.row(
          indent + (root ? "" : last ? "└─ " : "├─ ") + name(span),
          length(ends.lasted(span)),
          outcome(span),
          used(span.getUsage()),
          Clean.line(span.getDetail(), DETAIL));
      add(span.getSpanId(), indent + (root ? "" : last ? "   " : "│  "));
    }
  }

  private String name(Span span) {
    return Clean.line(
        span.getKind() == Span.Kind.TASK
            ? trace.getDisplayId() + "  " + span.getName()
            : span.getName(),
        60);
  }

  private static String outcome(Span span) {
    String word =
        switch (span.getOutcome()) {
          case OK -> "ok";
          case FAILED -> "failed";
          case OPEN -> "open";
          case OUTCOME_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    return span.getCause().isEmpty() || span.getCause().equals("tool_error")
        ? word
        : word + " " + span.getCause();
  }

  private static String used(Usage usage) {
    long in = usage.getInputTokens() + usage.getCacheReadTokens() + usage.getCacheWriteTokens();
    if (in + usage.getOutputTokens() == 0 && !usage.hasCostMicroUsd()) {
      return "";
    }
    String cost = usage.hasCostMicroUsd() ? Money.format(usage.getCostMicroUsd()) + ", " : "";
    return String.format(Locale.ROOT, "%s%,d in, %,d out", cost, in, usage.getOutputTokens());
  }

  /// `340ms`, `2.4s`, else as everywhere.
  static String length(Duration lasted) {
    long millis = lasted.toMillis();
    if (millis < 1_000) {
      return millis + "ms";
    }
    return millis < 10_000
        ? String.format(Locale.ROOT, "%.1fs", millis / 1_000.0)
        : Durations.format(lasted);
  }
}
