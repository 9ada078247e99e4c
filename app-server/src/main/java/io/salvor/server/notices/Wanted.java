package io.salvor.server.notices;

import io.salvor.server.config.NoticeSettings;
import io.salvor.v1.Event;

/// Of which events people want to be told.
record Wanted(NoticeSettings settings) {
  boolean test(Event event) {
    Event.Severity least = Event.Severity.valueOf(settings.severity().name());
    return !settings.except().contains(event.getCause())
        && (settings.also().contains(event.getCause())
            || event.getSeverity().compareTo(least) >= 0);
  }
}
