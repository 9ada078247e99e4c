package io.salvor.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Holds an agent until the test lets it go: a named pipe.
///
/// @param fifo what the agent reads from
public record Gate(Path fifo) {

  /// Makes one.
  public static Gate in(Path directory, String name) {
    Path fifo = directory.resolve(name);
    Shell.succeed(directory, "mkfifo", fifo.toString());
    return new Gate(fifo);
  }

  /// Lets the agent that waits, or the next one that comes, go on.
  public void open() {
    try {
      Process writer =
          new ProcessBuilder("sh", "-c", "echo go >\"$1\"", "gate", fifo.toString()).start();
      if (!writer.waitFor(Await.LONG.toSeconds(), TimeUnit.SECONDS)) {
        writer.destroyForcibly();
        throw new AssertionError(
            "nobody waits at "
                + fifo
                + new String(writer.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
