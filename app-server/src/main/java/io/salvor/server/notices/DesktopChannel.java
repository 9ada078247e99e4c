package io.salvor.server.notices;

import io.salvor.v1.Event;
import io.salvor.v1.Notice;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Shows notices on the desktop that the server runs on, with `notify-send`.
record DesktopChannel(String program) implements Channel {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int SHOWN = 300;

  @Override
  public String name() {
    return "desktop";
  }

  @Override
  public void deliver(Notice notice) throws NotDelivered, InterruptedException {
    Event event = notice.getEvent();
    String text = shown(event.getText());
    List<String> command =
        List.of(
            program,
            "--app-name=Salvor",
            "--urgency=" + urgency(event),
            "--",
            title(notice),
            event.getCommand().isEmpty() ? text : text + "\n" + plain(event.getCommand()));
    new Program(command, TIMEOUT, Map.of()).run("");
  }

  private static String title(Notice notice) {
    String about =
        notice.getDisplayIdsCount() == 0 ? "Salvor" : String.join(", ", notice.getDisplayIdsList());
    return about
        + ": "
        + notice.getEvent().getCause()
        + (notice.getTimes() > 1 ? " (" + notice.getTimes() + " times)" : "");
  }

  private static String urgency(Event event) {
    return switch (event.getSeverity()) {
      case CRITICAL -> "critical";
      case ERROR, WARNING -> "normal";
      case INFO, SEVERITY_UNSPECIFIED, UNRECOGNIZED -> "low";
    };
  }

  private static String shown(String text) {
    return plain(text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…");
  }

  /// Desktops read marks in the text.
  private static String plain(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
