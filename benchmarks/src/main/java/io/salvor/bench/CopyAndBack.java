package io.salvor.bench;

import io.salvor.bench.BackedUp.Timed;
import java.nio.file.Files;
import java.nio.file.Path;

/// A verified backup and a verified restore of a whole store, against `cp` of the same bytes to the
/// disk, and against SQLite's own copy, which nobody reads again.
final class CopyAndBack implements Measurement {
  @Override
  public void run(Scale scale, Scratch scratch, Report report) throws Exception {
    var store = BackedUp.home(scratch);
    long records = ClosedTasks.fill(store.home().root(), scale.records()).records();
    var cp = new Samples();
    var vacuum = new Samples();
    var backup = new Samples();
    var restore = new Samples();
    for (int i = 0; i < scale.turns(); i++) {
      Path copy = scratch.root().resolve("copy.db");
      cp.add(copied(store.database(), copy));
      Files.delete(copy);
      try (var open = store.open()) {
        vacuum.add(Timed.millis(() -> open.copyTo(copy)));
        Files.delete(copy);
        backup.add(Timed.millis(() -> store.backUp(open)));
      }
      restore.add(Timed.millis(() -> store.restore(BackedUp.LATEST)));
      store.clear();
    }
    String of = " of %,d records".formatted(records);
    report.ratio("backup" + of + ", over cp", backup.median(), cp.median(), "ms", "");
    report.ratio("backup, over a bare VACUUM INTO", backup.median(), vacuum.median(), "ms", "");
    report.ratio("restore" + of + ", over cp", restore.median(), cp.median(), "ms", "");
    report.ratio("restore, over a bare VACUUM INTO", restore.median(), vacuum.median(), "ms", "");
  }

  /// `cp`, and what it wrote is on the disk.
  private static double copied(Path from, Path to) throws Exception {
    return Timed.millis(() -> {
      Process cp =
          new ProcessBuilder(
                  "sh",
                  "-c",
                  "cp \"$1\" \"$2\" && sync \"$2\"",
                  "cp",
                  from.toString(),
                  to.toString())
              .inheritIO()
              .start();
      if (cp.waitFor() != 0) {
        throw new IllegalStateException("cp ended with " + cp.exitValue());
      }
    });
  }
}
