package io.salvor.it.saga;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.ServerProcess.Surroundings;
import io.salvor.it.harness.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A `git` for the server that, when armed, kills the server at one of its calls, and then does
/// what it was asked to.
final class DeadlyGit {
  @SuppressWarnings("InlineFormatString") // a script reads better on its own
  private static final String SCRIPT =
      """
      #!/bin/sh
      at='%1$s'
      git() { %2$s "$@"; }
      [ -e "$at" ] || exec %2$s "$@"
      read -r left when <"$at"
      if [ "$left" -gt 1 ]; then
        echo "$((left - 1)) $when" >"$at"
        exec %2$s "$@"
      fi
      rm "$at"
      read -r server <'%3$s'
      case $when in
        before) kill -9 "$server"; exec %2$s "$@" ;;
        late) kill -9 "$server"; sleep 2; exec %2$s "$@" ;;
        after) git "$@"; status=$?; kill -9 "$server"; exit $status ;;
      esac
      """;

  private final Path armed;

  private DeadlyGit(Path armed) {
    this.armed = armed;
  }

  /// When the server dies.
  enum When {
    /// As the call begins; git does its work as an orphan.
    BEFORE,
    /// As the call begins; git begins its work two seconds later, when the next server is there.
    LATE,
    /// As git has done its work, before the server learns of it.
    AFTER
  }

  /// Puts it before the real one on the path of the bench's servers.
  static DeadlyGit on(Bench bench) throws IOException {
    Path folder = Files.createDirectory(bench.folder().resolve("deadly"));
    Path armed = folder.resolve("armed");
    Path git = folder.resolve("git");
    Path real = Path.of(Shell.succeed(folder, "sh", "-c", "command -v git"));
    Path pid = bench.home().resolve("run").resolve("pid");
    ScratchProject.write(git, SCRIPT.formatted(armed, real, pid));
    Shell.succeed(folder, "chmod", "+x", git.toString());
    String path = folder + ":" + System.getenv("PATH");
    bench.surround(new Surroundings(List.of(), Map.of("PATH", path)));
    return new DeadlyGit(armed);
  }

  /// Has the `call`th call from now on kill the server.
  void arm(int call, When when) {
    ScratchProject.write(armed, call + " " + when.name().toLowerCase(java.util.Locale.ROOT) + "\n");
  }

  /// Lets all calls pass.
  void disarm() throws IOException {
    Files.deleteIfExists(armed);
  }
}
