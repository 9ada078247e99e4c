package io.salvor.process;

import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.Spawn.Kind;
import io.salvor.domain.agent.Spawn.Problem;
import io.salvor.process.protocol.Installed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A window of tmux that shows one attempt. Each has a tmux server of its own, at a socket of its
/// own, so that one that is ended takes no other with it, and none starts while another of the same
/// name is about to end.
///
/// The note `window` says to the shim which script opens it, with which tmux, where and under which
/// name, and which file it shows beside the agent's standard error.
///
/// @param socket what a person gives `tmux -S`
/// @param shown the agent's standard output where that is for people, else [#SAID]
record Window(Path script, Path tmux, Path socket, String name, String shown) {
  /// What the server writes for the person at the window.
  static final String SAID = "said";

  static final String NOTE = "window";
  private static final String SCRIPT = "window";
  private static final int LONGEST_SOCKET_PATH = 107;
  private static final Path NOWHERE = Path.of("/");

  /// The window that an attempt is to have, or why it cannot have one.
  sealed interface Plan {
    record Fit(Window window) implements Plan {}

    record Unfit(Problem problem) implements Plan {}
  }

  /// @param run Salvor's own folder for what belongs to running processes
  /// @param server the server's environment: its PATH says where tmux is
  static Plan plan(LaunchOrder order, Path run, Map<String, String> server) throws IOException {
    Optional<Path> tmux = LaunchChecks.find("tmux", NOWHERE, server);
    if (tmux.isEmpty()) {
      return unfit(
          order, Kind.PROGRAM_MISSING, "there is no program tmux on the PATH", "install tmux");
    }
    String name = order.display() + "-" + order.attempt().number();
    Optional<Path> socket = socket(name, run, server);
    if (socket.isEmpty()) {
      return unfit(
          order,
          Kind.FAILED,
          "the socket of tmux would have a longer path than the system takes",
          "set XDG_RUNTIME_DIR for the server");
    }
    return new Plan.Fit(
        new Window(
            Installed.in(run, Window.class, SCRIPT, ".sh"),
            tmux.get(),
            socket.get(),
            name,
            order.agent().protocol() == Protocol.COMMAND ? "stdout" : SAID));
  }

  private static Plan unfit(LaunchOrder order, Kind kind, String what, String remedy) {
    String hint = remedy + ", or: salvor task edit --no-attach " + order.display();
    return new Plan.Unfit(
        new Problem(kind, "the agent was to have a window, and " + what + "; " + hint, hint));
  }

  /// In `run`, or, where that path is too long for a socket, under `XDG_RUNTIME_DIR` in a folder
  /// that only this home has.
  private static Optional<Path> socket(String name, Path run, Map<String, String> server)
      throws IOException {
    String runtime = server.getOrDefault("XDG_RUNTIME_DIR", "");
    Path usual = run.resolve("windows");
    Path shorter =
        Path.of(runtime).resolve("salvor-" + Integer.toHexString(run.toString().hashCode()));
    for (Path folder : runtime.isEmpty() ? List.of(usual) : List.of(usual, shorter)) {
      Path socket = folder.resolve(name);
      if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET_PATH) {
        Files.createDirectories(folder, FlightRecorder.OWNER_ONLY_FOLDER);
        return Optional.of(socket);
      }
    }
    return Optional.empty();
  }

  /// Says to the shim that it is to open it.
  void write(Notes notes) throws IOException {
    notes.publish(
        NOTE,
        String.join("\n", script.toString(), tmux.toString(), socket.toString(), name, shown));
  }

  /// The socket of the window that an attempt has or had; empty where it was to have none.
  static Optional<Path> socketOf(Notes notes) throws IOException {
    return notes.read(NOTE).map(it -> Path.of(it.lines().skip(2).findFirst().orElseThrow()));
  }

  /// Whether a window shows what the server writes for it.
  static boolean showsSaid(Notes notes) throws IOException {
    return notes.read(NOTE).filter(it -> it.endsWith("\n" + SAID)).isPresent();
  }
}
