package io.salvor.server.access;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts who is connected, by whichever door. Thread-safe.
public final class Clients extends ServerTransportFilter {
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger visits = new AtomicInteger();

  @Override
  public Attributes transportReady(Attributes attributes) {
    connected.incrementAndGet();
    visits.incrementAndGet();
    return attributes;
  }

  @Override
  public void transportTerminated(Attributes attributes) {
    connected.decrementAndGet();
  }

  /// How often somebody came, from the start on.
  public int visits() {
    return visits.get();
  }

  /// Whether anybody is connected.
  public boolean any() {
    return connected.get() > 0;
  }
}
