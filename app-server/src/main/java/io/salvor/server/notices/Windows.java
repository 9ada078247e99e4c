package io.salvor.server.notices;

import com.google.protobuf.Timestamp;
import io.salvor.server.config.NoticeSettings;
import io.salvor.v1.Event;
import io.salvor.v1.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Lets the same be told once in a while: the first is told at once, what comes in the window after
/// it is counted and told when the window ends. What is worse than what was told is told at once.
/// Used by one thread.
final class Windows {
  /// What the fields of a notice mean.
  private static final String FORMAT = "salvor.notice.v1";

  private static final int MOST_NAMES = 20;

  private final NoticeSettings.Per per;
  private final Duration length;
  private final Map<Key, Window> open = new LinkedHashMap<>();

  Windows(NoticeSettings.Per per, Duration length) {
    this.per = per;
    this.length = length;
  }

  private record Key(String cause, String of) {}

  private static final class Window {
    private Instant began;
    private Event.Severity told;
    private final List<Event> counted = new ArrayList<>();
    private int times;

    Window(Event first) {
      began = time(first);
      told = first.getSeverity();
    }

    void count(Event event) {
      times++;
      counted.add(event);
      if (counted.size() > MOST_NAMES) {
        counted.removeFirst();
      }
    }
  }

  /// How long one lasts.
  Duration length() {
    return length;
  }

  /// What is to be told of this event now; empty where it is only counted.
  Optional<Notice> take(Event event) {
    Key key = key(event);
    Window window = open.get(key);
    if (window == null) {
      open.put(key, new Window(event));
      return Optional.of(notice(List.of(event), 1));
    }
    window.count(event);
    boolean over = !time(event).isBefore(window.began.plus(length));
    boolean worse = event.getSeverity().compareTo(window.told) > 0;
    return over || worse ? Optional.of(tell(window, time(event))) : Optional.empty();
  }

  /// What was counted in windows that are over.
  List<Notice> due(Instant now) {
    var due = new ArrayList<Notice>();
    open.values().removeIf(window -> isOver(window, now) && window.times == 0);
    for (Window window : open.values()) {
      if (isOver(window, now)) {
        due.add(tell(window, now));
      }
    }
    return due;
  }

  private boolean isOver(Window window, Instant now) {
    return !now.isBefore(window.began.plus(length));
  }

  /// When there may be something due; empty while nothing is open.
  Optional<Instant> nextDue() {
    return open.values().stream().map(it -> it.began.plus(length)).min(Instant::compareTo);
  }

  private static Notice tell(Window window, Instant now) {
    Notice notice = notice(window.counted, window.times);
    window.began = now;
    window.told = notice.getEvent().getSeverity();
    window.counted.clear();
    window.times = 0;
    return notice;
  }

  private static Notice notice(List<Event> events, int times) {
    Set<String> tasks = new LinkedHashSet<>();
    events.stream().map(Event::getDisplayId).filter(it -> !it.isEmpty()).forEach(tasks::add);
    return Notice.newBuilder()
        .setFormat(FORMAT)
        .setEvent(events.getLast())
        .setTimes(times)
        .addAllDisplayIds(tasks)
        .build();
  }

  private Key key(Event event) {
    return new Key(
        event.getCause(),
        per == NoticeSettings.Per.TASK && !event.getTask().isEmpty()
            ? event.getTask()
            : event.getProject());
  }

  static Instant time(Event event) {
    Timestamp at = event.getTime();
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }
}
