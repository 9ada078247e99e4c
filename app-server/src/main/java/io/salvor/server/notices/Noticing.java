package io.salvor.server.notices;

import io.salvor.server.grpc.Changes;
import io.salvor.server.grpc.EventFeed;
import io.salvor.server.notices.Channel.NotDelivered;
import io.salvor.server.notices.Position.At;
import io.salvor.v1.Event;
import io.salvor.v1.Notice;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the log on a thread of its own and tells people what they want to know. The engine knows
/// nothing of it.
///
/// Each event is told at least once: the place in the log is kept after the telling. A first server
/// begins at the end of the log, and a later one where the last one stopped.
public final class Noticing {
  private static final Logger log = LoggerFactory.getLogger(Noticing.class);
  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration AFTER_FAULT = Duration.ofSeconds(10);

  /// Records of which nobody wants to know, before the place is kept anew.
  private static final long KEPT_EVERY = 1_000;

  private final EventFeed feed;
  private final Changes changes;
  private final InstantSource clock;
  private final Wanted wanted;
  private final Windows windows;
  private final Position position;
  private final List<Channel> channels;
  private final NoticeMeters meters;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("notices").daemon().unstarted(this::run);
  private At at = new At(0, Instant.EPOCH, Instant.EPOCH);
  private long kept;

  Noticing(
      Source source, Wanted wanted, Windows windows, List<Channel> channels, NoticeMeters meters) {
    this.feed = source.feed();
    this.changes = source.changes();
    this.clock = source.clock();
    this.position = source.position();
    this.wanted = wanted;
    this.windows = windows;
    this.channels = List.copyOf(channels);
    this.meters = meters;
  }

  /// Where events come from.
  record Source(EventFeed feed, Changes changes, InstantSource clock, Position position) {}

  /// Begins, if there is anybody to be told; returns at once.
  public void start() {
    if (!channels.isEmpty()) {
      thread.start();
    }
  }

  /// Tells nothing more; what is being told is cut short, and told again by the next server.
  public void stop() throws InterruptedException {
    ended.countDown();
    thread.interrupt();
    if (!channels.isEmpty() && thread.isAlive() && !thread.join(PATIENCE)) {
      log.warn("a notice is still being given");
    }
  }

  private void run() {
    boolean begun = false;
    try {
      while (ended.getCount() > 0) {
        try {
          if (!begun) {
            begin();
            begun = true;
          }
          runOnce();
        } catch (RuntimeException e) {
          log.error("a notice failed in a way that nobody foresaw", e);
          rest(AFTER_FAULT);
        }
      }
    } catch (InterruptedException e) {
      log.debug("no more notices are given");
    }
  }

  /// Goes to where the last server stopped. What it counted and had not told yet is counted again.
  void begin() {
    at = where();
    long cursor = feed.lastBefore(at.time().minus(windows.length()));
    boolean summed = false;
    while (cursor < at.seq()) {
      EventFeed.Page page = feed.page(cursor);
      for (Event event : page.events()) {
        if (event.getSeq() <= at.seq() && wanted.test(event)) {
          if (!summed && Windows.time(event).isAfter(at.summed())) {
            windows.due(at.summed()); // the last server told it
            summed = true;
          }
          windows.take(event);
        }
      }
      cursor = page.cursor();
    }
    if (!summed) {
      windows.due(at.summed());
    }
    keep(at);
  }

  /// Where the last server stopped; the end of the log where none was before. Of a store that was
  /// restored since, its restore is told, and what came after it: its numbers had been others'.
  private At where() {
    long last = feed.lastSeq();
    Instant now = clock.instant();
    return switch (position.read()) {
      case Position.Kept.Nothing _ -> new At(last, now, now);
      case Position.Kept.Here(var kept) -> kept.seq() <= last ? kept : new At(last, now, now);
      case Position.Kept.BeforeRestore(var kept) -> {
        long before = feed.lastRestore().map(it -> it.getSeq() - 1).orElse(last);
        yield kept.seq() <= before ? kept : new At(before, now, now);
      }
    };
  }

  /// Tells what is new; waits for it where nothing is.
  void runOnce() throws InterruptedException {
    EventFeed.Page page = feed.page(at.seq());
    for (Event event : page.events()) {
      if (wanted.test(event)) {
        Optional<Notice> notice = windows.take(event);
        if (notice.isPresent()) {
          tell(notice.get());
        } else {
          meters.counted();
        }
        keep(new At(event.getSeq(), Windows.time(event), at.summed()));
      }
    }
    Instant now = clock.instant();
    List<Notice> due = windows.due(now);
    for (Notice notice : due) {
      tell(notice);
    }
    if (!due.isEmpty()) {
      keep(new At(at.seq(), at.time(), now));
    }
    if (page.cursor() > at.seq()) {
      at = new At(page.cursor(), at.time(), at.summed());
      if (at.seq() - kept >= KEPT_EVERY) {
        keep(at);
      }
    } else {
      changes.awaitBeyond(at.seq(), patience());
    }
  }

  private Duration patience() {
    return windows
        .nextDue()
        .map(due -> Duration.between(clock.instant(), due))
        .filter(left -> left.compareTo(LOOK) < 0)
        .map(left -> left.isNegative() ? Duration.ofMillis(1) : left)
        .orElse(LOOK);
  }

  private void keep(At told) {
    at = told;
    kept = told.seq();
    position.write(told);
  }

  private void tell(Notice notice) throws InterruptedException {
    for (Channel channel : channels) {
      try {
        channel.deliver(notice);
        meters.delivered(channel.name());
      } catch (NotDelivered | RuntimeException e) {
        meters.failed(channel.name());
        log.warn(
            "no notice of {} by {}: {}",
            notice.getEvent().getCause(),
            channel.name(),
            String.valueOf(e.getMessage()));
      }
    }
  }

  /// Waits so long, less where the server ends.
  void rest(Duration duration) throws InterruptedException {
    if (ended.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("the server is to end");
    }
  }
}
