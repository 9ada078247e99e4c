package io.salvor.server.grpc;

import com.google.protobuf.util.Timestamps;
import io.salvor.v1.Event;
import io.salvor.v1.StreamEventsRequest;
import io.salvor.v1.StreamEventsResponse;
import java.util.List;
import java.util.function.Predicate;

/// Sends events to who follows them.
final class EventStream {
  private final EventFeed feed;
  private final Changes changes;
  private final TaskLookup lookup;

  EventStream(EventFeed feed, Changes changes, TaskLookup lookup) {
    this.feed = feed;
    this.changes = changes;
    this.lookup = lookup;
  }

  void send(StreamEventsRequest request, Outgoing<StreamEventsResponse> out)
      throws InterruptedException {
    Names.known("min_severity", request.getMinSeverity(), request.getMinSeverityValue());
    Predicate<Event> wanted = wanted(request);
    long cursor = begin(request);
    while (true) {
      EventFeed.Page page = feed.page(cursor);
      boolean read = page.cursor() > cursor;
      cursor = page.cursor();
      List<Event> events = page.events().stream().filter(wanted).toList();
      if (read) {
        send(out, events, cursor);
      } else if (!request.getFollow()) {
        return;
      } else {
        if (changes.awaitBeyond(cursor, Changes.HEARTBEAT) <= cursor) {
          send(out, List.of(), cursor);
        }
        out.checkThere();
      }
    }
  }

  private long begin(StreamEventsRequest request) {
    long after = Pages.cursor(request.getAfterSeq(), feed.lastSeq());
    return request.hasSinceTime()
        ? Math.max(after, feed.lastBefore(Names.instant("since_time", request.getSinceTime())))
        : after;
  }

  private Predicate<Event> wanted(StreamEventsRequest request) {
    String task = request.getTask().isEmpty() ? "" : Names.task(lookup.id(request.getTask()));
    return event ->
        event.getSeverity().getNumber() >= request.getMinSeverityValue()
            && (task.isEmpty() || event.getTask().equals(task))
            && (request.getProject().isEmpty() || event.getProject().equals(request.getProject()))
            && (!request.hasSinceTime()
                || Timestamps.compare(event.getTime(), request.getSinceTime()) >= 0);
  }

  private static void send(Outgoing<StreamEventsResponse> out, List<Event> events, long cursor)
      throws InterruptedException {
    out.send(StreamEventsResponse.newBuilder().addAllEvents(events).setCursor(cursor).build());
  }
}
