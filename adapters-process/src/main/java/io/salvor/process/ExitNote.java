package io.salvor.process;

import java.io.IOException;
import java.util.Optional;

/// The note `exit`: how the leader ended, as the shim's shell saw it.
record ExitNote(int status, boolean endedAtDeadline) {

  static Optional<ExitNote> read(Notes notes) throws IOException {
    String[] words = notes.read("exit").orElse("").split(" ", -1);
    return words.length == 2
        ? Optional.of(new ExitNote(Integer.parseInt(words[0]), words[1].equals("deadline")))
        : Optional.empty();
  }
}
