package io.salvor.server.backup;

import io.salvor.server.config.Home;
import io.salvor.sqlite.HomeLock;
import java.time.InstantSource;

/// A home that no server runs on, nor will as long as it is held.
final class Unserved {
  private Unserved() {}

  /// @throws BackupFailed where a server runs on it
  static HomeLock lock(Home home, InstantSource clock) {
    var self = new HomeLock.Holder(ProcessHandle.current().pid(), clock.instant());
    return switch (HomeLock.acquire(home.root(), self)) {
      case HomeLock.Answer.Acquired(var lock) -> lock;
      case HomeLock.Answer.Taken(var holder) ->
          throw new BackupFailed(
              "a server runs on "
                  + home.root()
                  + holder.map(it -> ", as process " + it.pid()).orElse(""),
              "salvor stop");
    };
  }
}
