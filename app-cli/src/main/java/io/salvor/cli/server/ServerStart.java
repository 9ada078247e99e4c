package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Quoted;
import io.salvor.v1.GetStatusRequest;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.InstanceStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Starts a server of one's own and waits until it answers.
final class ServerStart {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long STEP_MILLIS = 20;
  private static final int TAIL_LINES = 8;

  private final Context context;

  ServerStart(Context context) {
    this.context = context;
  }

  /// The server that answers now; empty for none.
  Optional<InstanceStatus> running() {
    try {
      return Optional.of(
          context
              .api()
              .call(
                  InstanceServiceGrpc.getGetStatusMethod(), GetStatusRequest.getDefaultInstance()));
    } catch (Failure failure) {
      if (failure.exit() == ExitCode.UNAVAILABLE) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /// Starts it in a session of its own and returns when it answers.
  InstanceStatus detached(List<String> arguments) throws IOException, InterruptedException {
    Path log = prepared().resolve("server.out");
    List<String> command = new ArrayList<>(new ServerProgram(context).command(arguments));
    setsid().ifPresent(program -> command.addFirst(program));
    long before = Files.exists(log) ? Files.size(log) : 0;
    Process process =
        builder(command)
            .redirectInput(new java.io.File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true)
            .start();
    return awaitAnswer(process, log, before);
  }

  /// Starts it as a child of this command and stays until it ends; its output is this command's.
  int inForeground(List<String> arguments) throws IOException, InterruptedException {
    prepared();
    Process process = builder(new ServerProgram(context).command(arguments)).inheritIO().start();
    var ending =
        new Thread(() -> {
          process.destroy();
          try {
            process.waitFor();
          } catch (InterruptedException now) {
            Thread.currentThread().interrupt();
          }
        });
    Runtime.getRuntime().addShutdownHook(ending);
    return process.waitFor();
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(context.home().directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(context.surroundings().environment());
    builder.environment().put("SALVOR_HOME", context.home().directory().toString());
    // In another locale Java can neither read nor name files with other letters than those of
    // ASCII.
    if (!"UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
      builder.environment().put("LC_ALL", "C.UTF-8");
    }
    return builder;
  }

  private InstanceStatus awaitAnswer(Process process, Path log, long before)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      boolean ended = process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS);
      boolean written =
          context.home().address().filter(it -> it.pid() == process.pid()).isPresent();
      if (ended || written) {
        Optional<InstanceStatus> status = running();
        if (status.isPresent()) {
          return status.get();
        }
      }
      if (ended) {
        throw notStarted("the server ended with status " + process.exitValue(), log, before);
      }
    }
    throw notStarted("the server did not answer for " + PATIENCE.toSeconds() + " s", log, before);
  }

  private static Failure notStarted(String what, Path log, long before) throws IOException {
    byte[] all = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
    int from = (int) Math.min(before, all.length);
    List<String> lines =
        new String(all, from, all.length - from, StandardCharsets.UTF_8).lines().toList();
    Optional<String> refused = said(lines, "salvor: ");
    if (refused.isPresent()) {
      return new Failure(
          ExitCode.UNAVAILABLE,
          "NOT_STARTED",
          refused.get(),
          said(lines, "  try: ").orElse("cat " + Quoted.word(log.toString())));
    }
    List<String> tail =
        lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
            .map(line -> Clean.line(line, 300))
            .toList();
    return new Failure(
        ExitCode.UNAVAILABLE, "NOT_STARTED", what, tail, "cat " + Quoted.word(log.toString()));
  }

  /// How a server that may not start says why, and what to do.
  private static Optional<String> said(List<String> lines, String how) {
    return lines.stream()
        .filter(line -> line.startsWith(how))
        .map(line -> Clean.line(line.substring(how.length()), 400))
        .reduce((_, last) -> last);
  }

  /// The folder for the log, made with the home where they are not there.
  private Path prepared() throws IOException {
    Path logs = context.home().logs();
    if (!Files.isDirectory(logs)) {
      Files.createDirectories(
          logs, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return logs;
  }

  private Optional<String> setsid() {
    for (String directory : List.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin")) {
      Path program = Path.of(directory, "setsid");
      if (Files.isExecutable(program)) {
        return Optional.of(program.toString());
      }
    }
    return Optional.empty();
  }
}
