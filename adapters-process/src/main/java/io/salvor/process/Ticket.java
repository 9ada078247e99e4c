package io.salvor.process;

import java.io.IOException;
import java.util.Optional;

/// Who decides whether an attempt starts. Whoever creates the ticket first wins; it is never taken
/// back.
sealed interface Ticket {
  String NAME = "ticket";

  /// The shim has it: the agent started or will, unless the shim died.
  record OfShim(long pid, long startTicks, String bootId) implements Ticket {
    /// Whether the shim lives.
    boolean alive(Host host) {
      return bootId.equals(host.bootId())
          && ProcessEntry.of(pid)
              .filter(it -> it.startTicks() == startTicks && it.alive())
              .isPresent();
    }
  }

  /// A server has it: the agent will never start.
  record OfServer() implements Ticket {}

  /// Half written: its maker is about to finish it, or died.
  record Unfinished() implements Ticket {}

  /// The ticket, if somebody has it.
  static Optional<Ticket> read(Notes notes) throws IOException {
    if (!notes.exists(NAME)) {
      return Optional.empty();
    }
    String[] words = notes.read(NAME).orElse("").split(" ", -1);
    if (words[0].equals("shim")
        && words.length == 4
        && Notes.isNumber(words[1])
        && Notes.isNumber(words[2])) {
      return Optional.of(new OfShim(Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]));
    }
    return Optional.of(words[0].equals("reconciler") ? new OfServer() : new Unfinished());
  }

  /// Takes it for the server.
  ///
  /// @return false where somebody has it already
  static boolean take(Notes notes, Host host) throws IOException {
    return !notes.exists(NAME) && notes.create(NAME, "reconciler " + host.serverPid());
  }
}
