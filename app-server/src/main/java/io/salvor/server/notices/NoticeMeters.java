package io.salvor.server.notices;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/// Counts notices.
final class NoticeMeters {
  private final MeterRegistry registry;
  private final Counter counted;

  /// @param channels names of those that there are: each counter is there from the start
  NoticeMeters(MeterRegistry registry, List<String> channels) {
    this.registry = registry;
    this.counted =
        Counter.builder("salvor.notices.counted")
            .description("Events that were counted into a notice instead of being told at once")
            .register(registry);
    for (String channel : channels) {
      counter(channel, "delivered");
      counter(channel, "failed");
    }
  }

  void delivered(String channel) {
    counter(channel, "delivered").increment();
  }

  void failed(String channel) {
    counter(channel, "failed").increment();
  }

  void counted() {
    counted.increment();
  }

  private Counter counter(String channel, String outcome) {
    return Counter.builder("salvor.notices")
        .description("Notices, by the way that they took and by what came of it")
        .tag("channel", channel)
        .tag("outcome", outcome)
        .register(registry);
  }
}
