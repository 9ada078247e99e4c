package io.salvor.cli.observe;

import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Times;
import io.salvor.v1.Event;
import java.util.Locale;

/// An event as a person reads it.
final class EventText {
  private static final int TEXT = 200;

  private EventText() {}

  static String line(Event event, Times times) {
    String about = event.getDisplayId() + (event.getAttempt() == 0 ? "" : "/" + event.getAttempt());
    return times.date(event.getTime())
        + "  "
        + padded(event.getSeverity().name().toLowerCase(Locale.ROOT), 8)
        + "  "
        + padded(urgency(event.getUrgency()), 5)
        + "  "
        + padded(about.isEmpty() ? "instance" : about, 11)
        + "  "
        + event.getCause()
        + ": "
        + Clean.line(event.getText(), TEXT)
        + (event.getCommand().isEmpty() ? "" : "  ->  " + Clean.line(event.getCommand()))
        + "\n";
  }

  private static String urgency(Event.Urgency urgency) {
    return switch (urgency) {
      case NOW -> "now";
      case TODAY -> "today";
      case CAN_WAIT, URGENCY_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
