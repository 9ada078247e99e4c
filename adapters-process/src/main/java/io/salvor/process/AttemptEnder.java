package io.salvor.process;

import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.ShimStop;
import io.salvor.domain.id.AttemptRef;
import io.salvor.process.protocol.AgentProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends one attempt and gathers what it left.
final class AttemptEnder {
  private static final Logger log = LoggerFactory.getLogger(AttemptEnder.class);
  private static final String STOP = "stop";

  private final FlightRecorder recorder;
  private final AttemptRef attempt;
  private final Host host;
  private final OomEvidence oom;
  private OptionalLong outputAtStop = OptionalLong.empty();

  AttemptEnder(FlightRecorder recorder, AttemptRef attempt, Host host, OomEvidence oom) {
    this.recorder = recorder;
    this.attempt = attempt;
    this.host = host;
    this.oom = oom;
  }

  /// Hands the rest of the output over.
  interface Rest {
    void handOver() throws IOException, InterruptedException;
  }

  Evidence end(String workspace, AgentProtocol protocol, Rest rest)
      throws IOException, InterruptedException {
    recorder.create();
    Notes notes = recorder.notes();
    // started, be it that nobody can read any more as whom: it is found by its mark
    if (!Ticket.take(notes, host) && !notes.exists(Leader.NAME)) {
      new SpawnRecord(recorder, attempt, host).await();
    }
    Optional<Leader> leader = Leader.read(notes);
    boolean sameBoot = leader.filter(it -> !it.bootId().equals(host.bootId())).isEmpty();
    int survivors = sameBoot ? stop(leader, workspace) : 0;
    forgetWindow(notes);
    boolean readFailed = !handOver(rest);
    Optional<ExitNote> exit = ExitNote.read(notes);
    return new Evidence(
        exit.map(it -> status(it.status(), protocol)).orElseGet(Exit.Unknown::new),
        sameBoot && leader.isPresent() && oom.shows(leader.get(), exit, Launch.readOomKills(notes)),
        sameBoot,
        outputAtStop(),
        readFailed,
        exit.map(ExitNote::how).orElse(ShimStop.NONE),
        survivors);
  }

  /// The window closes by itself; its tmux leaves the socket behind. What cannot be removed there
  /// stops no ending.
  private static void forgetWindow(Notes notes) throws IOException {
    Optional<Path> socket = Window.socketOf(notes);
    try {
      if (socket.isPresent()) {
        Files.deleteIfExists(socket.get());
      }
    } catch (IOException e) {
      log.debug("cannot remove {}", socket, e);
    }
  }

  private static Exit status(int value, AgentProtocol protocol) {
    return new Exit.Status(value, protocol.exitsWith(value), protocol.providerStatus(value));
  }

  private int stop(Optional<Leader> leader, String workspace)
      throws IOException, InterruptedException {
    Optional<Ticket> ticket = Ticket.read(recorder.notes());
    ShimSession shim =
        new ShimSession(
            ticket.filter(Ticket.OfShim.class::isInstance).map(Ticket.OfShim.class::cast), host);
    boolean superseded = recorder.superseded();
    Survivors survivors =
        new Survivors(
            "SALVOR_ATTEMPT=" + FlightRecorder.markerStem(attempt),
            leader,
            shim.number(),
            superseded ? Optional.empty() : realPath(workspace),
            host);
    Stopper stopper =
        new Stopper(
            survivors,
            superseded ? Optional.empty() : Optional.of(recorder.lock()),
            shim,
            this::noteStop,
            () -> leader.filter(it -> host.alive(it.identity(""))).isPresent());
    int ended = stopper.stop();
    shim.end();
    return ended;
  }

  /// The kernel names a working directory by its real path, and a removed one with a note behind
  /// it.
  private static Optional<Path> realPath(String workspace) {
    if (workspace.isEmpty()) {
      return Optional.empty();
    }
    Path path = Path.of(workspace);
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException e) {
      return path.isAbsolute() && path.getNameCount() > 1 ? Optional.of(path) : Optional.empty();
    }
  }

  /// Written before the first signal and kept: a later call, after a crash in the middle of this
  /// one, must not take what a dying agent still said for something said before. A full disk stops
  /// no ending.
  private void noteStop() throws IOException {
    if (outputAtStop.isPresent()) {
      return;
    }
    outputAtStop = OptionalLong.of(Files.size(recorder.stdout()));
    try {
      recorder.notes().create(STOP, Long.toString(outputAtStop.getAsLong()));
    } catch (IOException e) {
      log.warn("cannot note the stop of {}", FlightRecorder.marker(attempt), e);
    }
  }

  private long outputAtStop() throws IOException {
    Optional<String> stop = recorder.notes().read(STOP).filter(Notes::isNumber);
    return stop.isPresent()
        ? Long.parseLong(stop.get())
        : outputAtStop.orElse(Files.size(recorder.stdout()));
  }

  private static boolean handOver(Rest rest) throws InterruptedException {
    try {
      rest.handOver();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
