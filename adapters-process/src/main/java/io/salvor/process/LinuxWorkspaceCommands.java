package io.salvor.process;

import io.salvor.domain.agent.ProcessesUnavailable;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.workspace.WorkspaceCommands;
import io.salvor.process.text.Redactor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A project's own commands on Linux: each in a session of its own, with the marks of attempt and
/// instance. What a command leaves running is ended with it.
///
/// Safe for use by many threads.
public final class LinuxWorkspaceCommands implements WorkspaceCommands {
  private static final String INSTANCE = "SALVOR_INSTANCE";
  private static final String COMMAND = "SALVOR_COMMAND";

  /// How long a command may go on writing before anybody looks.
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Path home;
  private final String instance;
  private final AgentEnvironment environment;
  private final long outputBytes;
  private final Redactor redactor;
  private final Tools tools;
  private final Host host;

  /// @param instance who runs the commands; the same after a restart
  /// @param environment what commands may see of the server's environment
  /// @param outputBytes what one command may write
  public LinuxWorkspaceCommands(
      Path home, String instance, AgentEnvironment environment, long outputBytes) {
    this.home = home.toAbsolutePath().normalize();
    this.instance = instance;
    this.environment = environment;
    this.outputBytes = outputBytes;
    this.redactor = Redactor.of(environment.server());
    try {
      this.tools = Tools.find();
      this.host = Host.read();
    } catch (IOException e) {
      throw new ProcessesUnavailable("commands cannot be run on this host", "", e);
    }
  }

  @Override
  public CommandResult run(
      AttemptRef attempt, String workspace, String shellCommand, Duration limit)
      throws InterruptedException {
    FlightRecorder recorder = FlightRecorder.of(home, attempt);
    if (!Files.isDirectory(Path.of(workspace))) {
      return new CommandResult.NotRun("the workspace " + workspace + " is not a directory");
    }
    String mark = instance + "/" + UUID.randomUUID();
    Process process;
    long logStart;
    try {
      logStart = begin(recorder, shellCommand);
      process = start(recorder, attempt, workspace, shellCommand, mark);
    } catch (IOException e) {
      return new CommandResult.NotRun("no process could be started: " + e.getMessage());
    }
    Optional<Leader> leader =
        ProcessEntry.of(process.pid())
            .map(it -> new Leader(it.pid(), it.startTicks(), host.bootId()));
    var log = new CommandLog(recorder.commandsLog(), logStart);
    boolean ended;
    try {
      ended = awaitEnd(process, limit, log);
    } catch (InterruptedException e) {
      endUninterrupted(leader, mark);
      throw e;
    }
    end(leader, mark);
    String tail = log.tail(redactor);
    if (log.length() > outputBytes) {
      return new CommandResult.TooMuchOutput(tail);
    }
    return ended
        ? new CommandResult.Exited(process.exitValue(), tail)
        : new CommandResult.TimedOut(tail);
  }

  /// Whether it ended by itself, before its time was over or it had written too much.
  private boolean awaitEnd(Process process, Duration limit, CommandLog log)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (long left = limit.toNanos(); left > 0; left = end - System.nanoTime()) {
      if (process.waitFor(Math.min(left, LOOK_AGAIN_NANOS), TimeUnit.NANOSECONDS)) {
        return true;
      }
      if (log.length() > outputBytes) {
        return false;
      }
    }
    return false;
  }

  @Override
  public String shellLock(TaskId task) {
    return FlightRecorder.shellLock(home, task).toString();
  }

  @Override
  public Optional<String> shellIn(TaskId task) {
    Path lock = FlightRecorder.shellLock(home, task);
    try {
      if (!Files.exists(lock) || Posix.lockIsFree(lock)) {
        return Optional.empty();
      }
      Path file = lock.toRealPath();
      String holders =
          ProcessTable.scan().entries().stream()
              .filter(it -> it.alive() && it.holdsOpen(file))
              .map(it -> "process " + it.pid())
              .collect(Collectors.joining(", "));
      return Optional.of(holders.isEmpty() ? "somebody" : holders);
    } catch (IOException e) {
      throw new ProcessesUnavailable("cannot tell who is in the workspace: " + lock, "", e);
    }
  }

  /// Ends what an earlier server of this instance has left of its commands, and of all other
  /// children with its mark. To be called before the first command runs.
  ///
  /// @return how many processes were ended
  public int endLeftovers() throws InterruptedException {
    return stop(INSTANCE + "=" + instance + "\0", Optional.empty());
  }

  private static long begin(FlightRecorder recorder, String shellCommand) throws IOException {
    recorder.create();
    Path log = recorder.commandsLog();
    if (!Files.exists(log)) {
      Files.createFile(log, FlightRecorder.OWNER_ONLY);
    }
    Files.writeString(log, "$ " + shellCommand + "\n", StandardOpenOption.APPEND);
    return Files.size(log);
  }

  private Process start(
      FlightRecorder recorder, AttemptRef attempt, String workspace, String command, String mark)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(tools.setsid().toString(), tools.sh().toString(), "-c", command);
    builder.directory(Path.of(workspace).toFile());
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.putAll(environment.passed(_ -> false));
    variables.put("SALVOR_ATTEMPT", FlightRecorder.marker(attempt));
    variables.put(INSTANCE, instance);
    variables.put(COMMAND, mark);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(recorder.commandsLog().toFile()));
    return builder.start();
  }

  private void end(Optional<Leader> leader, String mark) throws InterruptedException {
    stop(COMMAND + "=" + mark + "\0", leader);
  }

  /// The thread was interrupted once; what runs is ended all the same.
  private void endUninterrupted(Optional<Leader> leader, String mark) {
    Thread ending =
        Thread.ofPlatform()
            .name("command-end")
            .daemon()
            .start(() -> {
              try {
                end(leader, mark);
              } catch (InterruptedException e) {
                throw new IllegalStateException("nobody knows this thread", e);
              }
            });
    boolean interrupted = false;
    while (ending.isAlive()) {
      try {
        ending.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private int stop(String assignment, Optional<Leader> leader) throws InterruptedException {
    Survivors survivors = new Survivors(assignment, leader, 0, Optional.empty(), host);
    try {
      return new Stopper(
              survivors,
              Optional.empty(),
              new ShimSession(Optional.empty(), host),
              () -> {},
              () -> leader.filter(it -> host.alive(it.identity(""))).isPresent())
          .stop();
    } catch (IOException | UncheckedIOException e) {
      throw new ProcessesUnavailable(
          "a workspace's command cannot be ended: " + e.getMessage(), "", e);
    }
  }
}
