package io.salvor.cli;

import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where this program lies, as its launcher has laid it out.
///
/// @param root the checkout
/// @param share what the newest build hands out; the path stays good when another build comes
record Checkout(Path root, Path share) {

  static Checkout ofThisProgram() throws IOException {
    String build = System.getProperty("salvor.version.dir", "");
    Path place = Path.of(build, "place");
    if (build.isEmpty() || !Files.exists(place)) {
      throw new Failure(
          ExitCode.FAILURE,
          "NO_LAUNCHER",
          "this program was not started by its launcher, so there is nothing to link to",
          "./salvor install, in a checkout");
    }
    Path root = Path.of(Files.readString(place).strip());
    return new Checkout(root, Path.of(build).resolveSibling("current").resolve("share"));
  }

  Path launcher() {
    return root.resolve("salvor");
  }

  /// All files that are handed out.
  List<Path> shared() throws IOException {
    if (!Files.isDirectory(share)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(share)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
