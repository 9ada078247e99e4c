package io.salvor.server.engine;

import io.salvor.domain.time.Now;

/// Where inputs get their moment from.
@FunctionalInterface
public interface Clock {
  /// The present moment.
  Now now();
}
