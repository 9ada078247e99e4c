package io.salvor.process.lab;

import io.salvor.domain.agent.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// A real agent CLI, and how it is led to a scripted model.
///
/// It is looked for where `SALVOR_TEST_<NAME>` says, on the PATH, and in `~/agents`.
public interface RealAgent {
  /// Its name as an agent of Salvor, and that of its program.
  String name();

  Protocol protocol();

  /// Its package in npm.
  String npmPackage();

  /// The model to ask for; empty where it is to choose itself.
  Optional<String> model();

  /// Prepares a user's home, and gives all the variables with which the agent speaks to `model` and
  /// to nobody else.
  Map<String, String> environment(Path home, ScriptedModel model) throws IOException;

  /// Where it is installed.
  default Optional<Path> find() {
    String named = System.getenv("SALVOR_TEST_" + name().toUpperCase(Locale.ROOT));
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    Stream<Path> onPath =
        Arrays.stream(System.getenv("PATH").split(":", -1)).map(it -> Path.of(it, name()));
    Path agents = Path.of(System.getProperty("user.home"), "agents/node_modules/.bin", name());
    return Stream.concat(onPath, Stream.of(agents)).filter(Files::isExecutable).findFirst();
  }

  /// Where it is installed; skips the test where it is not.
  default Path orSkip() {
    return find()
        .orElseThrow(() ->
            new TestAbortedException(
                "skipped: no "
                    + name()
                    + " is installed here; npm i --prefix ~/agents "
                    + npmPackage()));
  }
}
