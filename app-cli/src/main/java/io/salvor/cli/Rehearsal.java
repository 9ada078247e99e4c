package io.salvor.cli;

import io.salvor.cli.demo.Scratch;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Printer;
import io.salvor.cli.session.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Does the usual things once, in a scratch project and with a server of its own, so that JVMs that
/// record what they load for their caches see what is needed:
///
/// ```
/// java -XX:AOTCacheOutput=... io.salvor.cli.Rehearsal SERVER-CACHE
/// ```
///
/// The server records too, and has written its cache when it has stopped. Needs the launcher's
/// properties.
public final class Rehearsal {
  private static final String SERVER_CACHE = "server.aot";
  private static final String WORK = "git commit --quiet --allow-empty --message work";
  private static final String REFUSED = "task show 2";

  private static final List<String> COMMANDS =
      List.of(
          "--help",
          "task --help",
          "task add --help",
          "version",
          "serve --listen 127.0.0.1:0 --http 127.0.0.1:0",
          "status",
          "task add title --agent command -- " + WORK,
          "task comment 1 text",
          "task dispatch 1 --wait-timeout 60s",
          "status",
          "task list",
          "task show 1",
          "task diagnose 1",
          "task approve 1 --merge",
          "task watch 1",
          "task show 1 -o json",
          "task list -o json",
          "status -o json",
          "workspace list",
          REFUSED,
          "stop --cancel");

  private final Scratch scratch;

  private Rehearsal(Scratch scratch) {
    this.scratch = scratch;
  }

  /// Names the commands that went wrong; what the others loaded is of use even so.
  ///
  /// @param arguments the file for the server's cache
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Surroundings here = Surroundings.ofProcess();
    Scratch scratch = Scratch.make(here);
    Runtime.getRuntime().addShutdownHook(new Thread(Rehearsal::leaveNoServer));
    try {
      var rehearsal = new Rehearsal(scratch);
      rehearsal.run(rehearsal.there(here), Path.of(arguments[0]).toAbsolutePath());
    } finally {
      scratch.delete();
    }
  }

  /// For an end by a signal: the server is in a session of its own.
  private static void leaveNoServer() {
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
  }

  private void run(Surroundings there, Path cache) throws IOException {
    COMMANDS.forEach(command -> rehearse(there, command));
    if (Files.exists(recorded())) {
      Files.move(recorded(), cache, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void rehearse(Surroundings there, String command) {
    int exit = Main.run(there, command.split(" "));
    if (exit != ExitCode.OK.code() && !command.equals(REFUSED)) {
      System.err.println("rehearsal: this failed: salvor " + command);
    }
  }

  /// The server runs in its home.
  private Path recorded() {
    return scratch.home().resolve(SERVER_CACHE);
  }

  private Surroundings there(Surroundings here) {
    Map<String, String> environment = new HashMap<>(scratch.environment());
    environment.put("SALVOR_ACTOR", "user:rehearsal");
    environment.put("SALVOR_SERVER_JAVA_OPTS", "-XX:AOTCacheOutput=" + SERVER_CACHE);
    var nowhere = new Printer(OutputStream.nullOutputStream(), false);
    return new Surroundings(
        environment,
        scratch.project(),
        new ByteArrayInputStream(new byte[0]),
        nowhere,
        here.err(),
        false,
        here.outIsTerminal(),
        here.errIsTerminal(),
        here.clock(),
        here::zone);
  }
}
