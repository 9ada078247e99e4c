package io.salvor.server.engine;

import io.salvor.domain.time.Now;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// Reads the host's clocks. Thread-safe.
///
/// On Linux `System.nanoTime` is `CLOCK_MONOTONIC`: it does not count suspended time, is never
/// stepped, and goes on from one process to the next within a boot, so that time charged before a
/// restart of the server is charged still.
public final class HostClock implements Clock {
  private final String bootId;

  public HostClock() {
    try {
      this.bootId = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("this host has no boot id", e);
    }
  }

  @Override
  public Now now() {
    return new Now(Instant.now(), Duration.ofNanos(System.nanoTime()), bootId);
  }
}
