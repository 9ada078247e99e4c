package io.salvor.cli.session;

import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.text.Quoted;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/// One run of one command: where it runs, what was asked for, and the way to the server.
public final class Context implements AutoCloseable {
  private final Surroundings surroundings;
  private final GlobalOptions options;
  private Optional<Api> api = Optional.empty();

  public Context(Surroundings surroundings, GlobalOptions options) {
    this.surroundings = surroundings;
    this.options = options;
  }

  /// Where the command runs.
  public Surroundings surroundings() {
    return surroundings;
  }

  /// What stood anywhere on the command line.
  GlobalOptions options() {
    return options;
  }

  /// Where results go.
  public PrintStream out() {
    return surroundings.out();
  }

  /// Where progress and errors go.
  public PrintStream err() {
    return surroundings.err();
  }

  /// How results are written.
  public Output output() {
    return options.output.or(Output.TEXT);
  }

  /// The home directory: flag, environment, default. Throws [Failure] where none of them says one:
  /// a store and its secrets are not put anywhere else.
  public Home home() {
    Optional<String> named =
        options
            .home
            .said()
            .or(() -> Optional.ofNullable(surroundings.environment().get("SALVOR_HOME")));
    if (named.filter(String::isEmpty).isPresent()) {
      throw noHome("the home directory is named, and the name is empty");
    }
    Path directory =
        named
            .map(Path::of)
            .or(() -> surroundings.variable("HOME").map(it -> Path.of(it, ".salvor")))
            .orElseThrow(() -> noHome("HOME is not set"));
    return new Home(surroundings.directory().resolve(directory).normalize());
  }

  private static Failure noHome(String what) {
    return new Failure(ExitCode.INVALID, "NO_HOME", what, "--home DIR");
  }

  /// The server named on the command line or in the environment, `HOST:PORT`; empty for the home's
  /// own.
  public Optional<String> server() {
    return options.server.said().or(() -> surroundings.variable("SALVOR_SERVER"));
  }

  /// Refuses what is done where the home is, where a server elsewhere is named.
  public void mustBeHere() {
    if (server().isPresent()) {
      throw new Failure(
          ExitCode.USAGE,
          "NOT_HERE",
          "this is done where the home is, not through a server elsewhere",
          "the same command without --server and SALVOR_SERVER");
    }
  }

  /// The command that starts the server that this one asked for.
  public String serveCommand() {
    return "salvor"
        + options.home.said().map(it -> " --home " + Quoted.word(it)).orElse("")
        + " serve"
        + options.server.said().map(it -> " --listen " + Quoted.word(it)).orElse("");
  }

  /// As whom the command acts.
  public String actor() {
    return surroundings
        .variable("SALVOR_ACTOR")
        .orElseGet(() ->
            "user:"
                + surroundings
                    .variable("USER")
                    .orElseGet(() -> System.getProperty("user.name", "unknown")));
  }

  /// The server, spoken to for the first time at the first call.
  public Api api() {
    if (api.isEmpty()) {
      api = Optional.of(new Api(this));
    }
    return api.get();
  }

  /// A path as given on the command line, made absolute.
  public Path path(String given) {
    return surroundings.directory().resolve(given).normalize();
  }

  @Override
  public void close() {
    api.ifPresent(Api::close);
  }
}
