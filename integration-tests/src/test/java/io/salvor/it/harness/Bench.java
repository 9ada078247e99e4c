package io.salvor.it.harness;

import io.salvor.it.harness.ServerProcess.Surroundings;
import io.salvor.v1.Agent;
import io.salvor.v1.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A folder with a home, projects and whatever agents write, and the server that runs on the home.
/// When it is closed, nothing that was started in it lives any more; `-Dsalvor.keep=true` keeps the
/// files.
public final class Bench implements AutoCloseable {
  private final Path folder;
  private final AtomicInteger names = new AtomicInteger();
  private Surroundings surroundings = Surroundings.PLAIN;
  private @Nullable ServerProcess server;
  private @Nullable Connection connection;

  private Bench(Path folder) {
    this.folder = folder;
  }

  /// A bench without a server.
  public static Bench idle(String name) {
    Path folder = Folders.make(name);
    try {
      Files.createDirectory(folder.resolve("home"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Bench(folder);
  }

  /// A bench with a server that runs.
  public static Bench started(String name) {
    Bench bench = idle(name);
    bench.start();
    return bench;
  }

  /// Writes the server's configuration; to be called before it starts.
  public Bench configured(String toml) {
    ScratchProject.write(home().resolve("config.toml"), toml);
    return this;
  }

  public Path folder() {
    return folder;
  }

  public Path home() {
    return folder.resolve("home");
  }

  /// A file or folder of that name that is not there yet.
  public Path fresh(String name) {
    return folder.resolve(name + "-" + names.incrementAndGet());
  }

  /// A new repository.
  public ScratchProject project() {
    return ScratchProject.in(fresh("project"));
  }

  /// A new gate.
  public Gate gate() {
    return Gate.in(folder, "gate-" + names.incrementAndGet());
  }

  /// What all its servers are started in from now on.
  public synchronized void surround(Surroundings around) {
    surroundings = around;
  }

  /// Starts the server and waits until it answers.
  public synchronized ServerProcess start() {
    if (connection != null) {
      connection.close();
    }
    ServerProcess started = ServerProcess.start(home(), surroundings);
    server = started;
    connection = Connection.over(started.address().socket());
    return started;
  }

  /// The server that was started last.
  public synchronized ServerProcess server() {
    if (server == null) {
      throw new IllegalStateException("no server was started");
    }
    return server;
  }

  /// SIGKILL for the server; everything else lives on.
  public void killServer() {
    server().kill();
  }

  /// SIGKILL for the server and for all that it started.
  public void killAll() {
    killServer();
    Survivors.end(folder);
  }

  /// SIGKILL for the server, and another one.
  public void restartAfterKill() {
    killServer();
    start();
  }

  /// A client over the socket that calls itself so.
  public synchronized Client as(String actor) {
    if (connection == null) {
      throw new IllegalStateException("no server was started");
    }
    return connection.as(actor);
  }

  /// A client over the socket for the one who asks for the work.
  public Client author() {
    return as("user:author");
  }

  /// A client over the socket for the one who judges the work.
  public Client reviewer() {
    return as("user:reviewer");
  }

  /// A task for a scripted agent.
  public static Task.Builder job(ScratchProject project, List<String> command) {
    return Task.newBuilder()
        .setTitle("Try " + command.getFirst())
        .setProject(project.root().toString())
        .setAgent(Agent.newBuilder().setName("command").addAllCommand(command));
  }

  /// The flight recorder of an attempt.
  public Path recorder(Task task, int attempt) {
    return home().resolve("attempts").resolve(task.getUid()).resolve(Integer.toString(attempt));
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
    }
    if (server != null) {
      server.close();
    }
    Survivors.end(folder);
    if (!Boolean.getBoolean("salvor.keep")) {
      Folders.delete(folder);
    }
  }
}
