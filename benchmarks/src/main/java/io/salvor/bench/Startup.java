package io.salvor.bench;

import java.nio.file.Path;

/// From the start of the server's JVM to its first answer, with a history and without.
final class Startup implements Measurement {
  @Override
  public void run(Scale scale, Scratch scratch, Report report) throws Exception {
    Path empty = scratch.root().resolve("empty");
    Path full = scratch.root().resolve("full");
    ClosedTasks.fill(full, scale.records());
    long records = warm(full);
    var _ = warm(empty);
    var without = new Samples();
    var with = new Samples();
    for (int i = 0; i < scale.pick(1, 11); i++) {
      without.add(start(empty));
      with.add(start(full));
    }
    report.ratio(
        "start-up with %,d records over none".formatted(records),
        with.median(),
        without.median(),
        "ms",
        "≤ 1.2");
  }

  private static long warm(Path home) throws Exception {
    try (var server = ServerProcess.start(home)) {
      return server.status().getRecords();
    }
  }

  private static double start(Path home) throws Exception {
    try (var server = ServerProcess.start(home)) {
      return server.startMillis();
    }
  }
}
