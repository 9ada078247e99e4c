package io.salvor.it.saga;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `strace` at a running server: kills it as one of its threads enters a system call for the nth
/// time from now on, or has that call fail.
final class DeadlyCalls implements AutoCloseable {
  private final Process strace;

  private DeadlyCalls(Process strace) {
    this.strace = strace;
  }

  /// Whether this machine lets one process trace another.
  static boolean possible() {
    return Shell.run(Path.of("/"), List.of("sh", "-c", "strace -o /dev/null true")).status() == 0;
  }

  /// Arms it, and returns when it watches.
  static DeadlyCalls arm(long server, String call, int nth, Path folder) throws IOException {
    return arm(server, call, "signal=SIGKILL:when=" + nth, folder);
  }

  /// Has the call fail `times` times, beginning with the nth.
  static DeadlyCalls failing(
      long server, String call, String error, int nth, int times, Path folder) throws IOException {
    String when = nth + ".." + (nth + times - 1);
    return arm(server, call, "error=" + error + ":when=" + when, folder);
  }

  private static DeadlyCalls arm(long server, String call, String fault, Path folder)
      throws IOException {
    Path said = folder.resolve("strace-" + call + "-" + fault.replace(':', '-'));
    Process strace =
        new ProcessBuilder(
                "strace",
                "-f",
                "-o",
                "/dev/null",
                "-e",
                "trace=" + call,
                "-e",
                "inject=" + call + ":" + fault,
                "-p",
                Long.toString(server))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    Await.until("strace to attach", () -> Files.readString(said).contains("attached"));
    return new DeadlyCalls(strace);
  }

  @Override
  public void close() {
    strace.destroy();
    try {
      if (!strace.waitFor(Await.LONG.toSeconds(), TimeUnit.SECONDS)) {
        strace.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
