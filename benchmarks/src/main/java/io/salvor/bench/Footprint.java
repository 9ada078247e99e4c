package io.salvor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What an idle server holds in memory, and what a merged task takes on the disk.
final class Footprint implements Measurement {
  @Override
  public void run(Scale scale, Scratch scratch, Report report) throws Exception {
    Path home = scratch.root().resolve("home");
    ClosedTasks.fill(home, 0);
    long before = size(home);
    ClosedTasks.Filled filled = ClosedTasks.fill(home, scale.pick(500, 50_000));
    long after = size(home);
    report.plain("records of a merged task", (double) filled.records() / filled.tasks(), "", "");
    report.plain(
        "bytes in the store for each", (double) (after - before) / filled.tasks(), "B", "");
    report.plain(
        "bytes in the store for each record",
        (double) (after - before) / filled.records(),
        "B",
        "");
    try (var server = ServerProcess.start(home)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(scale.pick(10, 3_000)));
      report.plain("RSS of an idle server", server.residentMebibytes(), "MiB", "");
    }
  }

  private static long size(Path home) throws IOException {
    return Files.size(home.resolve("store/salvor.db"));
  }
}
