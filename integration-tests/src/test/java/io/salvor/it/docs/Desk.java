package io.salvor.it.docs;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.QuickStart;
import io.salvor.it.harness.ServerAddress;
import io.salvor.it.harness.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/// Where Ann sits: a home with a project, `salvor` and `claude` on the PATH, and a shell.
///
/// `claude` is a stand-in that says what the real one says, and does what it would.
final class Desk implements AutoCloseable {
  private static final String PROJECT =
      """
      set -e
      mkdir -p "$HOME/projects/shop" "$HOME/.salvor" && chmod 700 "$HOME/.salvor"
      git config --global user.name Ann
      git config --global user.email ann@example.org
      git config --global init.defaultBranch main
      printf 'listen = "127.0.0.1:0"\\nhttp = "127.0.0.1:0"\\n' >"$HOME/.salvor/config.toml"
      cd "$HOME/projects/shop"
      git init -q
      printf 'def total(prices):\\n    return sum(prices)\\n' >cart.py
      git add cart.py
      git commit -q -m 'A cart'
      """;

  private final Bench bench;
  private final Path home;
  private final Path state;

  private Desk(Bench bench) {
    this.bench = bench;
    this.home = bench.folder().resolve("home/ann");
    this.state = bench.folder().resolve("state");
  }

  static Desk made() {
    var desk = new Desk(Bench.idle("docs"));
    create(desk.bench.folder().resolve("bin"));
    desk.program("salvor", salvor());
    desk.program("claude", resource("claude.sh"));
    write(
        desk.state,
        "export HOME='%s' SALVOR_HOME='%s' USER=ann PATH='%s':\"$PATH\"\nunset SALVOR_ACTOR\ncd \"$HOME\"\n"
            .formatted(
                desk.home, desk.home.resolve(".salvor"), desk.bench.folder().resolve("bin")));
    create(desk.home);
    Shell.Result made = desk.shell(PROJECT);
    if (made.status() != 0) {
      throw new AssertionError("no project: " + made.output());
    }
    return desk;
  }

  private static String salvor() {
    return """
    #!/bin/sh
    SALVOR_SERVER_JAVA_OPTS='%s' exec '%s' "$@"
    """
        .formatted(QuickStart.SERVER_OPTIONS, String.join("' '", QuickStart.command()));
  }

  /// Types a command where the last one left off.
  ///
  /// @return what came out, with the paths and ports that Ann would see
  List<String> type(String command) {
    boolean served = address().isPresent();
    String output = usualPorts(shell(command).output());
    if (!served && command.startsWith("salvor run ")) {
      Await.until(
          "the server of the run to end, before anything else is typed", () -> address().isEmpty());
    }
    return output
        .replace(bench.folder().toString(), "")
        .lines()
        .map(String::stripTrailing)
        .toList();
  }

  /// The server listens at any free ports; who reads has the usual ones.
  private String usualPorts(String output) {
    return address()
        .map(it -> output.replace(it.grpc(), "127.0.0.1:9100").replace(it.http(), "127.0.0.1:9180"))
        .orElse(output);
  }

  private Optional<ServerAddress> address() {
    return ServerAddress.in(home.resolve(".salvor"));
  }

  private Shell.Result shell(String command) {
    return Shell.run(
        bench.folder(),
        List.of(
            "bash",
            "-c",
            ". \"$1\"; eval \"$2\"; status=$?; { export -p; printf 'cd %q\\n' \"$PWD\"; } >\"$1\"; exit $status",
            "bash",
            state.toString(),
            command));
  }

  private void program(String name, String text) {
    Path file = bench.folder().resolve("bin").resolve(name);
    write(file, text);
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (var in = Desk.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    bench.close();
  }
}
