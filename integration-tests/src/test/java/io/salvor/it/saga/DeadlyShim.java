package io.salvor.it.saga;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The server's shim with one more line, which kills that server. The next server puts its own shim
/// back.
final class DeadlyShim {
  private final Path script;
  private final List<String> lines;
  private final long server;

  private DeadlyShim(Path script, List<String> lines, long server) {
    this.script = script;
    this.lines = lines;
    this.server = server;
  }

  /// The shim of the server that runs.
  static DeadlyShim of(Bench bench) throws IOException {
    try (Stream<Path> run = Files.list(bench.home().resolve("run"))) {
      Path script =
          run.filter(it -> it.getFileName().toString().matches("shim-.*\\.sh"))
              .findFirst()
              .orElseThrow();
      return new DeadlyShim(script, Files.readAllLines(script), bench.server().pid());
    }
  }

  /// Numbers of all lines before which another one may stand.
  List<Integer> places() throws IOException {
    Path draft = script.resolveSibling("draft.sh");
    var places = new ArrayList<Integer>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      ScratchProject.write(draft, with(i));
      if (Shell.run(Path.of("/"), List.of("sh", "-n", draft.toString())).status() == 0) {
        places.add(i);
      }
    }
    Files.deleteIfExists(draft);
    return places;
  }

  /// Has the server die there.
  ///
  /// @return the line before which it does
  String arm(int place) throws IOException {
    Path draft = script.resolveSibling("draft.sh");
    ScratchProject.write(draft, with(place));
    Files.move(draft, script, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    return lines.get(place).strip();
  }

  private String with(int place) {
    var changed = new ArrayList<>(lines);
    changed.add(place, "kill -9 " + server + " 2>/dev/null");
    return String.join("\n", changed) + "\n";
  }
}
