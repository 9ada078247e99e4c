package io.salvor.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Full paths of the programs that the shim needs: the PATH that an agent gets may not have them.
record Tools(Path sh, Path setsid, Path flock, Path sleep, Path mv, Path wc) {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"), Path.of("/usr/local/bin"));

  static Tools find() throws IOException {
    return new Tools(
        find("sh"), find("setsid"), find("flock"), find("sleep"), find("mv"), find("wc"));
  }

  private static Path find(String program) throws IOException {
    return PLACES.stream()
        .map(place -> place.resolve(program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> new IOException("no program " + program + "; util-linux and coreutils have it"));
  }
}
