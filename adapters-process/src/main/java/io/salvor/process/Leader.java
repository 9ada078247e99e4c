package io.salvor.process;

import io.salvor.domain.agent.ProcessIdentity;
import java.io.IOException;
import java.util.Optional;

/// The note `started`: which process leads the attempt.
record Leader(long pid, long startTicks, String bootId) {
  static final String NAME = "started";

  /// The leader, if the shim got as far as starting it.
  static Optional<Leader> read(Notes notes) throws IOException {
    String[] words = notes.read(NAME).orElse("").split(" ", -1);
    return words.length == 3 && Notes.isNumber(words[0]) && Notes.isNumber(words[1])
        ? Optional.of(new Leader(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]))
        : Optional.empty();
  }

  ProcessIdentity identity(String marker) {
    return new ProcessIdentity(pid, startTicks, bootId, marker);
  }

  /// Whether `entry` is the leader.
  boolean is(ProcessEntry entry) {
    return entry.pid() == pid && entry.startTicks() == startTicks;
  }
}
