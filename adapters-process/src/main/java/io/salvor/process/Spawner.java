package io.salvor.process;

import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Launcher;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.Spawn.Kind;
import io.salvor.domain.agent.Spawn.Problem;
import io.salvor.process.text.Redactor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts an attempt's agent, once.
final class Spawner {
  private static final Logger log = LoggerFactory.getLogger(Spawner.class);

  private final Path home;
  private final Host host;
  private final Shim shim;
  private final AgentSetting setting;
  private final Redactor redactor;

  Spawner(Path home, Host host, Shim shim, AgentSetting setting, Redactor redactor) {
    this.home = home;
    this.host = host;
    this.shim = shim;
    this.setting = setting;
    this.redactor = redactor;
  }

  Spawn spawn(LaunchOrder order) throws IOException, InterruptedException {
    FlightRecorder recorder = FlightRecorder.of(home, order.attempt());
    SpawnRecord record = new SpawnRecord(recorder, order.attempt(), host);
    if (record.ticketTaken()) {
      return record.await();
    }
    try {
      recorder.create();
      Launch launch = Launch.of(order, setting);
      return switch (LaunchChecks.check(launch, Path.of(order.workspace()))) {
        case LaunchChecks.Verdict.Unfit(Problem problem) -> record.refuse(problem);
        case LaunchChecks.Verdict.Fit(Launch fit) -> {
          Optional<Problem> noWindow = planWindow(order, recorder);
          yield noWindow.isPresent()
              ? record.refuse(noWindow.get())
              : start(order, fit, recorder, record);
        }
      };
    } catch (IOException e) {
      if (record.isFull()) {
        return new Spawn.Refused(SpawnRecord.diskFull("the flight recorder could not be written"));
      }
      throw e;
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      // Nor is this to be tried for ever. Without its ticket a shim that has begun starts nothing.
      log.error("{} cannot be started", FlightRecorder.marker(order.attempt()), e);
      return record.refuse(
          new Problem(Kind.FAILED, "the agent cannot be started: " + e.getMessage(), ""));
    }
  }

  /// Says to the shim which window to open, where there is to be one.
  ///
  /// @return why there cannot be one
  private Optional<Problem> planWindow(LaunchOrder order, FlightRecorder recorder)
      throws IOException {
    if (order.agent().launcher() == Launcher.DETACHED) {
      return Optional.empty();
    }
    return switch (Window.plan(order, home.resolve("run"), setting.server())) {
      case Window.Plan.Unfit(Problem problem) -> Optional.of(problem);
      case Window.Plan.Fit(Window window) -> {
        window.write(recorder.notes());
        yield Optional.empty();
      }
    };
  }

  private Spawn start(LaunchOrder order, Launch launch, FlightRecorder recorder, SpawnRecord record)
      throws IOException, InterruptedException {
    recorder.notes().publishExactly("prompt", order.prompt());
    launch.write(recorder.notes(), redactor, OomCount.now());
    ExitNote.keepRoom(recorder.notes());
    try {
      shim.run(order, launch, recorder);
    } catch (IOException e) {
      return record.refuse(new Problem(Kind.FAILED, "no process could be started", hint(e)));
    }
    Optional<Spawn> settled = record.settled();
    if (settled.isEmpty() && !record.ticketTaken()) {
      return record.refuse(
          record.isFull()
              ? SpawnRecord.diskFull("the shim could not take its ticket")
              : new Problem(Kind.FAILED, "the shim ended before it took its ticket", ""));
    }
    return settled.isPresent() ? settled.get() : record.await();
  }

  private static String hint(IOException e) {
    return e.getMessage() == null ? "" : e.getMessage();
  }
}
