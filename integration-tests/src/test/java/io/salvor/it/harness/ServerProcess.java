package io.salvor.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/// A server in a JVM of its own, on a home of the test's.
public final class ServerProcess implements AutoCloseable {
  private final Path home;
  private final Process process;
  private final ServerAddress address;

  private ServerProcess(Path home, Process process, ServerAddress address) {
    this.home = home;
    this.process = process;
    this.address = address;
  }

  /// Starts a server and returns when it answers.
  public static ServerProcess start(Path home) {
    return start(home, Surroundings.PLAIN);
  }

  /// What a server is started in.
  ///
  /// @param program with arguments, that runs the server in its turn; empty for none
  /// @param environment variables besides those of the test
  public record Surroundings(List<String> program, Map<String, String> environment) {
    /// Nothing unusual.
    public static final Surroundings PLAIN = new Surroundings(List.of(), Map.of());
  }

  /// Starts a server in unusual surroundings and returns when it answers.
  public static ServerProcess start(Path home, Surroundings surroundings) {
    Process process = launch(home, surroundings);
    try {
      Await.until("the server to answer", () -> !process.isAlive() || answers(home, process));
    } catch (ConditionTimeoutException e) {
      String threads = threads(home, process.pid());
      process.destroyForcibly();
      throw new AssertionError(
          "the server does not answer; it said: " + said(home) + "\n" + threads, e);
    }
    if (!process.isAlive()) {
      throw new AssertionError("the server ended with " + process.exitValue() + ": " + said(home));
    }
    return new ServerProcess(home, process, ServerAddress.in(home).orElseThrow());
  }

  /// Starts a server and waits for nothing.
  public static Process launch(Path home, Surroundings surroundings) {
    var command = new ArrayList<>(surroundings.program());
    command.addAll(ServerCommand.line());
    var builder = new ProcessBuilder(command);
    builder.environment().put("SALVOR_BACKUPS", Places.backupsOf(home).toString());
    builder.environment().putAll(surroundings.environment());
    builder.environment().put("SALVOR_HOME", home.toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output(home).toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a server that was killed has left may still be in the address file: only the pid shows
  /// whose it is.
  private static boolean answers(Path home, Process process) {
    Optional<ServerAddress> address = ServerAddress.in(home);
    if (address.isEmpty() || !isOf(process, address.get().pid())) {
      return false;
    }
    try (Connection connection = Connection.over(address.get().socket())) {
      return connection.serves();
    }
  }

  private static boolean isOf(Process process, long pid) {
    return process.pid() == pid || process.descendants().anyMatch(it -> it.pid() == pid);
  }

  private static Path output(Path home) {
    return home.resolveSibling(home.getFileName() + ".out");
  }

  private static String said(Path home) {
    try {
      return Files.exists(output(home)) ? Files.readString(output(home)) : "";
    } catch (IOException e) {
      return e.toString();
    }
  }

  /// Pid of the server itself, also where it runs under another program.
  public long pid() {
    return address.pid();
  }

  public ServerAddress address() {
    return address;
  }

  public Path home() {
    return home;
  }

  /// Whether it still runs.
  public boolean alive() {
    return ProcessHandle.of(pid()).filter(ProcessHandle::isAlive).isPresent();
  }

  /// SIGKILL, and waits until it is gone.
  public void kill() {
    ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
    awaitEnd();
  }

  /// SIGTERM, and waits until it has ended in order.
  public int stop() {
    ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroy);
    return awaitEnd();
  }

  /// Waits until it has ended.
  ///
  /// @return its exit status
  public int awaitEnd() {
    try {
      if (!process.waitFor(Await.LONG.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the server does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// What all its threads do, the virtual ones too; for whoever reads that it hangs.
  public String threads() {
    return threads(home, pid());
  }

  private static String threads(Path home, long pid) {
    Path dump = home.resolve("threads");
    Path jcmd = Places.java().resolveSibling("jcmd");
    Shell.Result result =
        Shell.run(
            home,
            List.of(
                jcmd.toString(),
                Long.toString(pid),
                "Thread.dump_to_file",
                "-overwrite",
                dump.toString()));
    try {
      return Files.exists(dump) ? Files.readString(dump) : result.output();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What servers on this home wrote to their standard streams.
  public String said() {
    return said(home);
  }

  /// What it wrote into its log.
  public String log() {
    try {
      return Files.readString(home.resolve("logs").resolve("salvor.log"));
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
