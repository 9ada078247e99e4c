package io.salvor.bench;

import io.salvor.bench.BackedUp.Timed;
import io.salvor.domain.backup.RestorePlan.Cut;
import io.salvor.domain.backup.RestorePlan.Target;
import java.util.LinkedHashMap;
import java.util.Map;

/// A restore to a point after a backup, by how many records of segments are replayed onto it,
/// against the restore of the backup alone.
final class PointInTime implements Measurement {
  @Override
  public void run(Scale scale, Scratch scratch, Report report) throws Exception {
    int all = scale.records();
    int base = all / 2;
    var store = BackedUp.home(scratch);
    long from = ClosedTasks.fill(store.home().root(), base).records();
    try (var open = store.open()) {
      store.backUp(open);
    }
    int more = Math.toIntExact(ClosedTasks.fill(store.home().root(), all).records());
    try (var open = store.open()) {
      store.ship(open);
    }
    Map<Integer, Samples> taken = new LinkedHashMap<>();
    for (int part : new int[] {100, 10, 1}) {
      taken.put(more / part, new Samples());
    }
    var alone = new Samples();
    for (int i = 0; i < scale.turns(); i++) {
      alone.add(millis(store, from));
      for (Map.Entry<Integer, Samples> it : taken.entrySet()) {
        it.getValue().add(millis(store, from + it.getKey()));
      }
    }
    taken.forEach((replayed, samples) ->
        report.ratio(
            "restore to a point %,d records after a backup of %,d, over the backup alone"
                .formatted(replayed, from),
            samples.median(),
            alone.median(),
            "ms",
            ""));
  }

  private static double millis(BackedUp store, long seq) throws Exception {
    return Timed.millis(() -> store.restore(new Target.At(new Cut.AfterSeq(seq))));
  }
}
