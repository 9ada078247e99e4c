package io.salvor.cli.observe;

import com.google.protobuf.util.Durations;
import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Money;
import io.salvor.cli.text.Table;
import io.salvor.cli.text.Times;
import io.salvor.v1.Report;
import io.salvor.v1.ReportRow;
import io.salvor.v1.Usage;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/// A report as a person reads it.
final class ReportText {
  private ReportText() {}

  static String of(Report report, Times times) {
    var table = new Table("");
    table.row(
        "",
        "TASKS",
        "MERGED",
        "SALVAGED",
        "ATTEMPTS",
        "SUCCESS",
        "RESUMED",
        "MEDIAN",
        "P90",
        "IN",
        "OUT",
        "COST");
    report.getRowsList().forEach(row -> row(table, Clean.line(row.getKey(), 60), row));
    row(table, "all", report.getTotal());
    return "attempts that ended from "
        + times.date(report.getSinceTime())
        + " to "
        + times.date(report.getUntilTime())
        + "\n\n"
        + table
        + endings(report.getTotal());
  }

  private static void row(Table table, String key, ReportRow row) {
    Usage usage = row.getUsage();
    table.row(
        key,
        Integer.toString(row.getTasks()),
        of(row.getMerged(), row.getTasks()),
        of(row.getSalvaged(), row.getTasks()),
        Integer.toString(row.getAttempts()),
        of(row.getSucceeded(), row.getAttempts()),
        row.getResumed() == 0 ? "0" : row.getResumedSucceeded() + " of " + row.getResumed(),
        row.hasMedianDuration() ? length(row.getMedianDuration()) : "-",
        row.hasP90Duration() ? length(row.getP90Duration()) : "-",
        count(usage.getInputTokens() + usage.getCacheReadTokens() + usage.getCacheWriteTokens()),
        count(usage.getOutputTokens()),
        usage.hasCostMicroUsd() ? Money.format(usage.getCostMicroUsd()) : "unknown");
  }

  private static String endings(ReportRow total) {
    return total.getEndingsCount() == 0
        ? ""
        : total.getEndingsList().stream()
            .map(it -> it.getCount() + " " + it.getReason())
            .collect(Collectors.joining(", ", "\nendings: ", "\n"));
  }

  private static String of(int part, int whole) {
    return whole == 0 ? "0" : part + " (" + Math.round(100.0 * part / whole) + " %)";
  }

  private static String count(long tokens) {
    return String.format(Locale.ROOT, "%,d", tokens);
  }

  private static String length(com.google.protobuf.Duration duration) {
    return TraceText.length(Duration.ofMillis(Durations.toMillis(duration)));
  }
}
