package io.salvor.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The signals that a process ignores, as /proc/PID/status has them: what runs under `nohup` or in
/// the background ignores some, and all that it starts does too.
record IgnoredSignals(long mask) {
  static IgnoredSignals here() throws IOException {
    return in(Files.readString(Path.of("/proc/self/status")));
  }

  static IgnoredSignals in(String status) {
    String line = status.lines().filter(it -> it.startsWith("SigIgn:")).findFirst().orElseThrow();
    return new IgnoredSignals(
        Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16));
  }

  boolean has(int signal) {
    return (mask & 1L << (signal - 1)) != 0;
  }
}
