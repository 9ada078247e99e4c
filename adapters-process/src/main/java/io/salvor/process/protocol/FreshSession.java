package io.salvor.process.protocol;

import io.salvor.domain.agent.LaunchOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// The session of an attempt's fresh start: known before it starts, also after a crash.
final class FreshSession {
  private FreshSession() {}

  /// A UUID for agents that let their caller choose.
  static String of(LaunchOrder order) {
    String name =
        "salvor/"
            + order.attempt().task()
            + "/"
            + order.attempt().number()
            + "/"
            + order.attempt().epoch();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
