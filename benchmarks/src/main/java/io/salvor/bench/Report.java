package io.salvor.bench;

import java.io.PrintStream;
import java.util.Locale;

/// Writes a Markdown table, line by line. For one thread.
final class Report {
  private final PrintStream out;
  private int lines;

  Report(PrintStream out) {
    this.out = out;
    out.println("| figure | value | baseline | ratio | aim |");
    out.println("|---|---:|---:|---:|---:|");
  }

  /// A figure over its baseline.
  ///
  /// @param aim for people; empty for none
  void ratio(String figure, double value, double baseline, String unit, String aim) {
    line(
        figure,
        number(value) + " " + unit,
        number(baseline) + " " + unit,
        String.format(Locale.ROOT, "%.2f", value / baseline),
        aim);
  }

  /// A figure that stands alone.
  void plain(String figure, double value, String unit, String aim) {
    line(figure, number(value) + " " + unit, "", "", aim);
  }

  int lines() {
    return lines;
  }

  private void line(String... cells) {
    lines++;
    out.println("| " + String.join(" | ", cells) + " |");
    out.flush();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%,.0f", value);
  }
}
