package io.salvor.domain.workspace;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.function.Consumer;

/// Differences between trees in memory.
final class FakeDiffs {
  private FakeDiffs() {}

  static void of(FakePlot plot, DiffScope scope, boolean stat, Consumer<byte[]> pieces) {
    switch (scope) {
      case DiffScope.Committed _ -> tell(plot.base.files(), plot.tip.files(), stat, pieces);
      case DiffScope.Uncommitted _ when plot.files == null -> {}
      case DiffScope.Uncommitted _ -> tell(plot.head().files(), plot.there(), stat, pieces);
      case DiffScope.Between(var from, var to) -> {
        FakeCommit left = from.map(plot::commit).orElse(plot.base);
        tell(left.files(), plot.commit(to).files(), stat, pieces);
      }
    }
  }

  private static void tell(
      SortedMap<String, String> from,
      SortedMap<String, String> to,
      boolean stat,
      Consumer<byte[]> pieces) {
    for (String path : FakeCommit.changed(from, to)) {
      String body =
          stat
              ? path + " | 1\n"
              : "--- "
                  + path
                  + "\n-"
                  + from.getOrDefault(path, "")
                  + "\n+"
                  + to.getOrDefault(path, "");
      pieces.accept(body.getBytes(StandardCharsets.UTF_8));
    }
  }
}
