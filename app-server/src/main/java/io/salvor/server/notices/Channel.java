package io.salvor.server.notices;

import io.salvor.v1.Notice;

/// A way to tell people. Every delivery is bounded in time.
interface Channel {
  /// By which it is called in the log and in metrics.
  String name();

  /// Tells.
  ///
  /// @throws NotDelivered where nobody was told
  void deliver(Notice notice) throws NotDelivered, InterruptedException;

  /// Nobody was told.
  final class NotDelivered extends Exception {
    private static final long serialVersionUID = 1L;

    NotDelivered(String why) {
      super(why);
    }
  }
}
