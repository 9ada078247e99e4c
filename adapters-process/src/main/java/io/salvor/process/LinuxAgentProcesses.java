package io.salvor.process;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.ProcessesUnavailable;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.WatchOrder;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.time.Now;
import io.salvor.process.protocol.AgentProtocols;
import io.salvor.process.protocol.GeminiPolicies;
import io.salvor.process.text.Excerpts;
import io.salvor.process.text.Redactor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The agents' processes on Linux. Keeps nothing in memory: what is known lies in the flight
/// recorders under `<home>/attempts`, so that a new instance, in a new server, goes on where
/// another stopped.
///
/// Safe for use by many threads. For one attempt at most one call of [#watch] or [#end] should run
/// at a time.
public final class LinuxAgentProcesses implements AgentProcesses {
  /// Longest line that is parsed, in bytes.
  public static final int LONGEST_LINE = 1024 * 1024;

  private final Path home;
  private final Host host;
  private final AgentSetting setting;
  private final Spawner spawner;
  private final Supplier<Now> clock;
  private final int longestLine;
  private final OomEvidence oom = new OomEvidence(List.of("dmesg"));

  /// @param home Salvor's home; made where it is not there
  /// @param environment what agents may see of the server's environment; also tells which secrets
  ///   to redact
  /// @param extras what is set for single agents, by their names
  /// @param clock what time it is, for [Observer#alive]
  /// @param longestLine longest line that is parsed, in bytes; usually [#LONGEST_LINE]
  public LinuxAgentProcesses(
      Path home,
      AgentEnvironment environment,
      Map<String, AgentExtras> extras,
      Supplier<Now> clock,
      int longestLine) {
    this.home = home.toAbsolutePath().normalize();
    this.clock = clock;
    this.longestLine = longestLine;
    try {
      Path run = this.home.resolve("run");
      Files.createDirectories(run, FlightRecorder.OWNER_ONLY_FOLDER);
      this.host = Host.read();
      Redactor redactor =
          Redactor.of(
              environment.server(), extras.values().stream().map(AgentExtras::variables).toList());
      this.setting =
          new AgentSetting(
              new AgentProtocols(new Excerpts(redactor), host.root(), GeminiPolicies.install(run)),
              environment,
              extras);
      Shim shim = Shim.install(run, Tools.find(), host);
      this.spawner = new Spawner(this.home, host, shim, setting, redactor);
    } catch (IOException e) {
      throw unavailable("agents cannot be run on this host", e);
    }
  }

  @Override
  public Spawn spawn(LaunchOrder order) {
    try {
      return spawner.spawn(order);
    } catch (IOException | UncheckedIOException e) {
      throw unavailable("cannot tell whether the agent started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted while the agent was starting", e);
    }
  }

  @Override
  public Optional<String> window(AttemptRef attempt) {
    try {
      return Window.socketOf(FlightRecorder.of(home, attempt).notes()).map(Path::toString);
    } catch (IOException e) {
      throw unavailable("cannot tell which window shows " + FlightRecorder.marker(attempt), e);
    }
  }

  @Override
  public void watch(WatchOrder order, Observer observer) throws InterruptedException {
    FlightRecorder recorder = FlightRecorder.of(home, order.attempt());
    BooleanSupplier gone = () -> recorder.notes().exists("exit") || !host.alive(order.process());
    Bookmark heard = new Bookmark(observer, order.offset());
    Pause pause = Pause.forTrouble();
    while (!follow(order, recorder, heard, gone)) {
      pause.rest();
    }
  }

  /// Output that cannot be read, since the agent cut it short or somebody took it away, makes an
  /// agent silent and not unknown: while it lives it is waited for, and when it is gone [#end]
  /// tells of the failed read.
  ///
  /// @return false where it is to be tried again
  private boolean follow(
      WatchOrder order, FlightRecorder recorder, Bookmark heard, BooleanSupplier gone)
      throws InterruptedException {
    boolean last = gone.getAsBoolean();
    try (OutputTail tail = tail(recorder, order.agent(), heard.at())) {
      new OutputWatch(tail, recorder.stderr(), told(recorder, heard), clock).follow(gone);
      return true;
    } catch (IOException e) {
      heard.trouble(order.process().marker(), e);
      return last;
    }
  }

  @Override
  public Evidence end(
      AttemptRef attempt, Agent agent, String workspace, long offset, Observer observer)
      throws InterruptedException {
    FlightRecorder recorder = FlightRecorder.of(home, attempt);
    AttemptEnder ender = new AttemptEnder(recorder, attempt, host, oom);
    try {
      return ender.end(
          workspace,
          setting.protocol(agent),
          () -> {
            try (OutputTail tail = tail(recorder, agent, offset)) {
              new OutputWatch(tail, recorder.stderr(), told(recorder, observer), clock).drain();
            }
          });
    } catch (IOException | UncheckedIOException e) {
      throw unavailable("cannot prove that " + FlightRecorder.marker(attempt) + " is gone", e);
    }
  }

  /// Tells it to the person at the window as well, where the window shows that.
  private static Observer told(FlightRecorder recorder, Observer observer) throws IOException {
    return Window.showsSaid(recorder.notes())
        ? new Narration(recorder.file(Window.SAID), observer)
        : observer;
  }

  private OutputTail tail(FlightRecorder recorder, Agent agent, long offset) throws IOException {
    return new OutputTail(recorder.stdout(), setting.reader(agent), offset, longestLine);
  }

  private ProcessesUnavailable unavailable(String what, Exception cause) {
    return new ProcessesUnavailable(
        what + ": " + cause.getMessage(), "look at " + home.resolve("attempts"), cause);
  }
}
