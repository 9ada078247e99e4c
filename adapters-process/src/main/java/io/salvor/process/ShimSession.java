package io.salvor.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An attempt's shim and what it started for itself. It ends by itself soon after the agent; where
/// it does not, it is ended, and the exit stays unknown.
final class ShimSession {
  private static final Duration TIME_TO_WRITE_THE_EXIT = Duration.ofSeconds(3);

  private final Optional<Ticket.OfShim> shim;
  private Optional<Countdown> patience = Optional.empty();

  ShimSession(Optional<Ticket.OfShim> shim, Host host) {
    this.shim = shim.filter(it -> it.bootId().equals(host.bootId()));
  }

  /// The session's number; 0 where no shim of this boot is known, or its number has been given to
  /// another process.
  long number() {
    return shim.filter(this::numberIsStillIts).map(Ticket.OfShim::pid).orElse(0L);
  }

  private boolean numberIsStillIts(Ticket.OfShim it) {
    return ProcessEntry.of(it.pid()).filter(now -> now.startTicks() != it.startTicks()).isEmpty();
  }

  /// Whether `process` is part of it.
  boolean has(ProcessEntry process) {
    return shim.isPresent() && process.session() == number();
  }

  /// Waits, call by call, for a shim to end that has nothing left to wait for; then ends it.
  void endIfItStays() throws InterruptedException {
    if (patience.isEmpty()) {
      patience = Optional.of(Countdown.of(TIME_TO_WRITE_THE_EXIT));
    } else if (patience.get().over()) {
      end();
    }
  }

  /// Ends what is left of it.
  void end() throws InterruptedException {
    Countdown countdown = Countdown.of(TIME_TO_WRITE_THE_EXIT);
    Pause pause = Pause.forProcesses();
    List<ProcessEntry> living = living();
    while (!living.isEmpty() && !countdown.over()) {
      living.forEach(it -> Posix.kill(it.pid(), Posix.SIGKILL));
      pause.rest();
      living = living();
    }
  }

  private List<ProcessEntry> living() {
    long session = number();
    return session <= 1
        ? List.of()
        : ProcessTable.scan().entries().stream()
            .filter(it -> it.session() == session && it.alive())
            .toList();
  }
}
