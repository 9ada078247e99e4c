package io.salvor.sqlite;

import io.salvor.records.LogStretch;
import io.salvor.records.StoreIdentity;
import io.salvor.records.StoredRecord;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Stretches that were kept, one of them in memory at a time.
final class StretchSource implements SalvageSource {
  private final KeptStretches kept;

  /// A record of each stretch that was read, to find it again by.
  private final Set<Long> read = new LinkedHashSet<>();

  private @Nullable LogStretch current;

  StretchSource(KeptStretches kept) {
    this.kept = kept;
  }

  @Override
  public Optional<StoredRecord> at(long seq) {
    LogStretch stretch = current;
    if (stretch == null || !has(stretch, seq)) {
      stretch = kept.with(seq).orElse(null);
      if (stretch == null) {
        return Optional.empty();
      }
      current = stretch;
      read.add(stretch.lastSeq());
    }
    return Optional.of(stretch.records().get((int) (seq - stretch.before().lastSeq() - 1)));
  }

  /// Its records follow on each other without a gap.
  private static boolean has(LogStretch stretch, long seq) {
    return seq > stretch.before().lastSeq() && seq <= stretch.lastSeq();
  }

  @Override
  public OptionalLong last() {
    return kept.lastSeq() == 0 ? OptionalLong.empty() : OptionalLong.of(kept.lastSeq());
  }

  @Override
  public boolean isOf(StoreIdentity store) {
    return kept.store().equals(store);
  }

  @Override
  public void texts(BiConsumer<String, String> taking) {
    for (long seq : read) {
      kept.with(seq)
          .ifPresent(it -> it.documents().forEach(text -> taking.accept(text.hash(), text.text())));
    }
  }

  @Override
  public void close() {
    current = null;
  }
}
