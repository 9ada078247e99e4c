package io.salvor.domain.host;

/// The memory that this server and its agents live on.
public interface HostMemory {
  /// How it stands now. Takes well under a millisecond; safe for use by many threads.
  MemoryReading read();
}
