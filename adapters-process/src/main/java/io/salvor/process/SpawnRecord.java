package io.salvor.process;

import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.Spawn.Kind;
import io.salvor.domain.agent.Spawn.Problem;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.text.ShellWord;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;

/// What a flight recorder says of an attempt's start, for whoever asks, also after a crash.
final class SpawnRecord {
  private static final String REFUSED = "refused";
  private static final long LITTLE_SPACE = 1024 * 1024;

  private final FlightRecorder recorder;
  private final AttemptRef attempt;
  private final Host host;

  SpawnRecord(FlightRecorder recorder, AttemptRef attempt, Host host) {
    this.recorder = recorder;
    this.attempt = attempt;
    this.host = host;
  }

  /// What is settled; empty while it is not.
  Optional<Spawn> settled() throws IOException {
    Notes notes = recorder.notes();
    Optional<Leader> leader = Leader.read(notes);
    if (leader.isPresent()) {
      return Optional.of(
          new Spawn.Started(
              leader.get().identity(FlightRecorder.marker(attempt)), Launch.readNote(notes)));
    }
    Optional<Spawn> refused = notes.read(REFUSED).map(this::refused);
    if (refused.isPresent()) {
      return refused;
    }
    Optional<Ticket> ticket = Ticket.read(notes);
    if (ticket.isPresent() && ticket.get() instanceof Ticket.OfServer) {
      return Optional.of(new Spawn.Refused(neverStarted()));
    }
    return ticket.isPresent() && starterIsGone(ticket.get()) ? diedStarting() : Optional.empty();
  }

  boolean ticketTaken() {
    return recorder.notes().exists(Ticket.NAME);
  }

  /// Makes sure that the attempt never starts, for the reason given, unless another has decided
  /// already.
  Spawn refuse(Problem problem) throws IOException, InterruptedException {
    if (Ticket.take(recorder.notes(), host)) {
      recorder
          .notes()
          .publish(
              REFUSED,
              String.join(
                  "\n", problem.kind().name(), oneLine(problem.detail()), oneLine(problem.hint())));
      return new Spawn.Refused(problem);
    }
    return await();
  }

  /// What is settled, once it is.
  Spawn await() throws IOException, InterruptedException {
    Countdown patience = Countdown.of(java.time.Duration.ofSeconds(30));
    Pause pause = Pause.forProcesses();
    while (!patience.over()) {
      Optional<Spawn> settled = settled();
      if (settled.isPresent()) {
        return settled.get();
      }
      pause.rest();
    }
    throw new IOException("the start of " + FlightRecorder.marker(attempt) + " does not settle");
  }

  /// Whether neither the shim nor what it forked can still start the agent. The shim's fork holds
  /// the lock until it has written `started`, and the agent after it.
  private boolean starterIsGone(Ticket ticket) throws IOException {
    boolean shimLives =
        switch (ticket) {
          case Ticket.OfShim shim -> shim.alive(host);
          case Ticket.OfServer _ -> false;
          case Ticket.Unfinished _ ->
              ProcessTable.scan().entries().stream()
                  .anyMatch(it -> Shim.isOf(it, recorder, FlightRecorder.marker(attempt)));
        };
    return !shimLives && Posix.lockIsFree(recorder.lock());
  }

  /// Looks once more: the last notes may have come between the first look and the end of those who
  /// write.
  private Optional<Spawn> diedStarting() throws IOException {
    Notes notes = recorder.notes();
    Optional<Leader> leader = Leader.read(notes);
    Optional<String> refused = notes.read(REFUSED);
    if (leader.isPresent() || refused.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Spawn.Refused(
            isFull()
                ? diskFull("the shim could not write its notes")
                : new Problem(Kind.FAILED, "the shim ended before it started the agent", "")));
  }

  private Spawn refused(String note) {
    String[] lines = note.split("\n", 3);
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(it -> it.name().equals(lines[0]))
            .findFirst()
            .orElse(Kind.FAILED);
    if (lines.length == 3) {
      return new Spawn.Refused(new Problem(kind, lines[1], lines[2]));
    }
    return new Spawn.Refused(
        kind == Kind.WORKSPACE_LOCKED
            ? new Problem(
                kind,
                "something of an earlier attempt still holds " + recorder.lock(),
                "fuser -v " + ShellWord.of(recorder.lock().toString()))
            : new Problem(kind, "the workspace is not a directory that can be entered", ""));
  }

  private static Problem neverStarted() {
    return new Problem(Kind.NEVER_STARTED, "the attempt was ended before it began", "");
  }

  static Problem diskFull(String detail) {
    return new Problem(Kind.DISK_FULL, detail, "make room on the disk that holds Salvor's home");
  }

  /// Whether the disk of the recorder has next to no room.
  boolean isFull() {
    try {
      return Files.getFileStore(recorder.lock().getParent()).getUsableSpace() < LITTLE_SPACE;
    } catch (IOException e) {
      return false;
    }
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ');
  }
}
