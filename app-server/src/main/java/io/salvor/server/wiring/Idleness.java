package io.salvor.server.wiring;

import io.salvor.server.access.Clients;
import java.time.Duration;

/// How long nothing has kept a server up that is to end then. For one thread.
final class Idleness {
  private static final Duration ENOUGH = Duration.ofSeconds(5);

  private final Clients clients;
  private final boolean exitWhenIdle;
  private Duration idle = Duration.ZERO;
  private int visits;

  Idleness(Clients clients, boolean exitWhenIdle) {
    this.clients = clients;
    this.exitWhenIdle = exitWhenIdle;
  }

  /// Whether it is to end at all.
  boolean exitWhenIdle() {
    return exitWhenIdle;
  }

  /// Whether it has lasted long enough for an end. To be asked again and again.
  ///
  /// @param since how long ago it was asked before; who came and went in between kept the server up
  boolean lasted(Duration since, boolean nothingToDo) {
    int before = visits;
    visits = clients.visits();
    boolean alone = visits == before && !clients.any();
    idle = alone && nothingToDo ? idle.plus(since) : Duration.ZERO;
    return idle.compareTo(ENOUGH) >= 0;
  }
}
