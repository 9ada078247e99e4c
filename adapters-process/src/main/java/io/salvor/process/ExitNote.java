package io.salvor.process;

import io.salvor.domain.agent.ShimStop;
import java.io.IOException;
import java.util.Optional;

/// The note `exit`: how the leader ended, as the shim's shell saw it.
record ExitNote(int status, ShimStop how) {
  private static final String ROOM = "\n".repeat(32);

  /// Keeps room for the note, so that it can be written on a full disk.
  static void keepRoom(Notes notes) throws IOException {
    notes.publishExactly("exit.part", ROOM);
  }

  static Optional<ExitNote> read(Notes notes) throws IOException {
    // what lies behind the first line is the rest of the room that was kept for it
    String line = notes.read("exit").orElse("").lines().findFirst().orElse("");
    String[] words = line.split(" ", -1);
    return words.length == 2 && words[0].length() < 4 && Notes.isNumber(words[0])
        ? Optional.of(new ExitNote(Integer.parseInt(words[0]), how(words[1])))
        : Optional.empty();
  }

  private static ShimStop how(String word) {
    return switch (word) {
      case "deadline" -> ShimStop.DEADLINE;
      case "window" -> ShimStop.WINDOW_CLOSED;
      default -> ShimStop.NONE;
    };
  }
}
