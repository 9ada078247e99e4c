package io.salvor.server.engine;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done again and again: what one round throws ends no later one. It is said once, until
/// that goes well again. For one thread.
public final class Rounds {
  private static final Logger log = LoggerFactory.getLogger(Rounds.class);

  private final Map<String, String> complaints = new HashMap<>();

  /// Does something once. An error after which nothing can be trusted is as if nobody had caught
  /// it.
  ///
  /// @param what in words
  public void run(String what, Runnable round) {
    try {
      round.run();
      complaints.remove(what);
    } catch (RuntimeException | Error e) {
      failed(what, e);
    }
  }

  private void failed(String what, Throwable cause) {
    if (Soundness.isLost(cause)) {
      Thread self = Thread.currentThread();
      self.getUncaughtExceptionHandler().uncaughtException(self, cause);
    } else if (!cause.toString().equals(complaints.put(what, cause.toString()))) {
      log.error("{} came to nothing and is tried again", what, cause);
    }
  }
}
