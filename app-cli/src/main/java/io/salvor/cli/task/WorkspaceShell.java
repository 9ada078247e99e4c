package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.v1.OpenShellResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A person's stay in a workspace: its lock is held from [#enter] on, by a process that does
/// nothing else, and by everything that [#run] starts, for as long as that lives.
final class WorkspaceShell implements AutoCloseable {
  private static final int TAKEN = 75;
  private static final List<String> PLACES = List.of("/usr/bin", "/bin", "/usr/local/bin");

  private final Context context;
  private final OpenShellResponse opened;
  private final String flock;
  private final Process holder;

  private WorkspaceShell(Context context, OpenShellResponse opened, String flock, Process holder) {
    this.context = context;
    this.opened = opened;
    this.flock = flock;
    this.holder = holder;
  }

  /// Takes the lock.
  static WorkspaceShell enter(Context context, OpenShellResponse opened)
      throws IOException, InterruptedException {
    String flock = program("flock");
    Process holder =
        new ProcessBuilder(locked(flock, opened, List.of("/bin/sh", "-c", "echo in; read -r _")))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] said = holder.getInputStream().readNBytes(3);
    if (!new String(said, StandardCharsets.US_ASCII).equals("in\n")) {
      int status = holder.waitFor();
      throw new Failure(
          ExitCode.UNAVAILABLE,
          "LOCKED",
          status == TAKEN
              ? "an attempt is about to take the workspace"
              : "the lock " + opened.getLock() + " cannot be taken (status " + status + ")",
          "the same command again");
    }
    return new WorkspaceShell(context, opened, flock, holder);
  }

  private static List<String> locked(String flock, OpenShellResponse opened, List<String> program) {
    var command = new ArrayList<>(List.of(flock, "--shared", "--nonblock", "--conflict-exit-code"));
    command.addAll(List.of(Integer.toString(TAKEN), opened.getLock()));
    command.addAll(program);
    return command;
  }

  /// Runs a program there, on this terminal, to its end. A signal waits for it too.
  ///
  /// @return its status
  int run(List<String> program) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(locked(flock, opened, program)).inheritIO();
    builder.directory(Path.of(opened.getPath()).toFile());
    Map<String, String> variables = builder.environment();
    variables.clear();
    opened.getEnvironmentList().forEach(it -> variables.put(it.getName(), it.getValue()));
    context.surroundings().variable("TERM").ifPresent(it -> variables.put("TERM", it));
    variables.put("SALVOR_HOME", context.home().directory().toString());
    variables.put("SALVOR_ACTOR", context.actor());
    context.out().flush();
    Process process = builder.start();
    var patience = new Thread(() -> waitFor(process));
    Runtime.getRuntime().addShutdownHook(patience);
    return process.waitFor();
  }

  private static void waitFor(Process process) {
    try {
      process.waitFor();
    } catch (InterruptedException now) {
      Thread.currentThread().interrupt();
    }
  }

  private static String program(String name) {
    return PLACES.stream()
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseThrow(() ->
            new Failure(ExitCode.FAILURE, "NO_FLOCK", "there is no " + name, "install util-linux"));
  }

  /// Lets go of the lock, unless something that was started there still lives.
  @Override
  public void close() throws IOException {
    holder.getOutputStream().close();
  }
}
