package io.salvor.cli.server;

import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Times;
import io.salvor.v1.Freeze;
import java.util.Locale;

/// A freeze as a person reads it.
final class FreezeText {
  private FreezeText() {}

  /// `frozen (hard) by user:ann for 5m 00s: too hot`.
  static String line(Freeze freeze, Times times) {
    String level = freeze.getLevel().name().toLowerCase(Locale.ROOT);
    String since = freeze.hasStartTime() ? " for " + times.age(freeze.getStartTime()) : "";
    String why = freeze.getReason().isEmpty() ? "" : ": " + Clean.line(freeze.getReason());
    return "frozen (" + level + ") by " + freeze.getActor() + since + why + "\n";
  }
}
