package io.salvor.it.saga;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
    return arm(List.of("-f", "-p", "" + server), call, "signal=SIGKILL:when=" + nth, folder);
  }

  /// Has the call fail `times` times, beginning with the nth, in the threads that the server has
  /// now. Not in the programs that it starts: each would count anew, so that the disk would never
  /// be well again for them.
  static DeadlyCalls failing(
      long server, String call, String error, int nth, int times, Path folder) throws IOException {
    String when = nth + ".." + (nth + times - 1);
    List<String> threads;
    try (var tasks = Files.list(Path.of("/proc", Long.toString(server), "task"))) {
      threads = tasks.flatMap(it -> Stream.of("-p", it.getFileName().toString())).toList();
    }
    return arm(threads, call, "error=" + error + ":when=" + when, folder);
  }

  private static DeadlyCalls arm(List<String> whom, String call, String fault, Path folder)
      throws IOException {
    Path said = folder.resolve("strace-" + call + "-" + fault.replace(':', '-'));
    var command =
        new ArrayList<>(List.of("strace", "-o", "/dev/null", "-e", "trace=" + call, "-e"));
    command.add("inject=" + call + ":" + fault);
    command.addAll(whom);
    Process strace =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
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
