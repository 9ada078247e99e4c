package io.salvor.cli;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.GlobalOptions;
import io.salvor.cli.session.Printer;
import io.salvor.cli.session.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The command line as a test sees it: a home, an environment, and what comes out.
public final class Cli {
  /// The moment at which all commands run.
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Path directory;
  private InstantSource clock = InstantSource.fixed(NOW);
  private String input = "";
  private boolean terminal;
  private Consumer<String> listener = _ -> {};
  private Optional<OutputStream> sink = Optional.empty();

  public Cli(Path directory) {
    this.directory = directory;
    environment.put("SALVOR_HOME", home().toString());
    environment.put("SALVOR_BACKUPS", directory.resolve("backups").toString());
    environment.put("USER", "ann");
    environment.put("PATH", "");
  }

  public Path home() {
    return directory.resolve("home");
  }

  public Path directory() {
    return directory;
  }

  public Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public Cli without(String variable) {
    environment.remove(variable);
    return this;
  }

  public Cli input(String text) {
    input = text;
    return this;
  }

  /// A person looks on, and the time goes by.
  public Cli onTerminal() {
    terminal = true;
    return this;
  }

  public Cli realTime() {
    clock = InstantSource.system();
    return this;
  }

  public Cli clock(InstantSource other) {
    clock = other;
    return this;
  }

  /// Tells each piece that the next commands write to standard error, as it is written.
  public Cli onErr(Consumer<String> listener) {
    this.listener = listener;
    return this;
  }

  /// The next commands cannot write their results, for this reason.
  public Cli outFails(String why) {
    sink =
        Optional.of(
            new OutputStream() {
              @Override
              public void write(int one) throws IOException {
                throw new IOException(why);
              }
            });
    return this;
  }

  public Result run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new Heard(listener);
    int exit = new Salvor(surroundings(sink.orElse(out), err)).run(arguments);
    return new Result(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// Where a command would run, for what is less than a command.
  public Context context() {
    var nowhere = OutputStream.nullOutputStream();
    return new Context(surroundings(nowhere, nowhere), new GlobalOptions());
  }

  private Surroundings surroundings(OutputStream out, OutputStream err) {
    return new Surroundings(
        environment,
        directory,
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new Printer(out, false),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        terminal,
        terminal,
        terminal,
        clock,
        () -> ZoneOffset.UTC);
  }

  private static final class Heard extends ByteArrayOutputStream {
    private final Consumer<String> listener;

    Heard(Consumer<String> listener) {
      this.listener = listener;
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      super.write(bytes, from, length);
      listener.accept(new String(bytes, from, length, StandardCharsets.UTF_8));
    }
  }

  /// What came of a command.
  public record Result(int exit, String out, String err) {}

  /// A stored expectation; `GOLDEN_UPDATE=1` in the environment writes it anew.
  public static String golden(String name, String actual) throws IOException {
    Path file = Path.of("src/test/resources/golden", name);
    if (System.getenv("GOLDEN_UPDATE") != null) {
      Files.writeString(file, actual);
    }
    return Files.readString(file);
  }
}
