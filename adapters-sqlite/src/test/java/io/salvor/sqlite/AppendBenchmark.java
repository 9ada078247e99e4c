package io.salvor.sqlite;

import io.salvor.domain.journal.Decision;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// How fast the log takes decisions, as a ratio to sqlite-jdbc inserting rows of the same size and
/// no more: no chain, no index, no projection. A program, no test: `main(directory on the disk to
/// measure, decisions)`.
final class AppendBenchmark {
  private AppendBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(args[0]), "append");
    int count = Integer.parseInt(args[1]);
    List<Decision> decisions = new TaskLives().decisions(count, 64);
    long records = decisions.getLast().lastSeq();
    long bytes = warmUp(directory, decisions) / records;
    System.out.printf(
        Locale.ROOT, "%d decisions, %d records of %d bytes%n", decisions.size(), records, bytes);
    for (int batch : new int[] {1, 16, 128}) {
      int measured = batch == 1 ? Math.min(decisions.size(), 5_000) : decisions.size();
      List<Decision> some = decisions.subList(0, measured);
      Pace raw = Pace.NONE;
      Pace log = Pace.NONE;
      for (int round = 0; round < 3; round++) {
        raw = raw.better(raw(directory, some, batch, bytes));
        log = log.better(log(directory, some, batch));
      }
      System.out.printf(Locale.ROOT, "batch %3d: raw %s, log %s", batch, raw, log);
      System.out.printf(Locale.ROOT, ", ratio %.2f%n", log.perSecond / raw.perSecond);
    }
  }

  /// How fast it went, and what it cost: the second hardly changes with what else the machine does.
  private record Pace(double perSecond, double cpuMicros) {
    static final Pace NONE = new Pace(0, Double.MAX_VALUE);

    Pace better(Pace other) {
      return new Pace(Math.max(perSecond, other.perSecond), Math.min(cpuMicros, other.cpuMicros));
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.0f records/s at %.1f us of CPU", perSecond, cpuMicros);
    }
  }

  /// Measures from its making on.
  private static final class Watch {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long start = System.nanoTime();
    private final long cpu = threads.getCurrentThreadCpuTime();

    Pace pace(List<Decision> decisions) {
      double records = decisions.getLast().lastSeq();
      return new Pace(
          records * 1e9 / (System.nanoTime() - start),
          (threads.getCurrentThreadCpuTime() - cpu) / records / 1_000);
    }
  }

  private static long warmUp(Path directory, List<Decision> decisions) throws Exception {
    Path home = Files.createTempDirectory(directory, "warm");
    try (var store = TestStores.open(home)) {
      for (int i = 0; i + 64 <= decisions.size(); i += 64) {
        store.log().appendDurably(decisions.subList(i, i + 64));
      }
    }
    try (Connection raw = TestStores.raw(home)) {
      return Long.parseLong(
          Connections.one(
              raw,
              "SELECT sum(length(id) + length(task) + length(kind) + length(actor)"
                  + " + length(header) + length(body) + 16) FROM records"));
    }
  }

  private static Pace log(Path directory, List<Decision> decisions, int batch) throws IOException {
    try (var store = TestStores.open(Files.createTempDirectory(directory, "log"))) {
      var watch = new Watch();
      for (int i = 0; i < decisions.size(); i += batch) {
        store.log().appendDurably(decisions.subList(i, Math.min(i + batch, decisions.size())));
      }
      return watch.pace(decisions);
    }
  }

  private static Pace raw(Path directory, List<Decision> decisions, int batch, long bytes)
      throws IOException, SQLException {
    Path file = Files.createTempDirectory(directory, "raw").resolve("raw.db");
    var payload = new byte[(int) bytes];
    try (Connection connection = new Connections(file, Duration.ofSeconds(1)).writer()) {
      Connections.execute(connection, "CREATE TABLE rows (seq INTEGER PRIMARY KEY, bytes BLOB)");
      try (var insert = connection.prepareStatement("INSERT INTO rows VALUES (?, ?)")) {
        var watch = new Watch();
        for (int i = 0; i < decisions.size(); i += batch) {
          var some = decisions.subList(i, Math.min(i + batch, decisions.size()));
          Transactions.write(
              connection,
              _ -> {
                for (Decision decision : some) {
                  for (var entry : decision.entries()) {
                    insert.setLong(1, entry.seq());
                    insert.setBytes(2, payload);
                    insert.addBatch();
                  }
                }
                return insert.executeBatch();
              });
        }
        return watch.pace(decisions);
      }
    }
  }
}
