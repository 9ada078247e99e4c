package io.salvor.server.backup;

import io.salvor.domain.backup.Segment;
import io.salvor.records.LogStretch;
import io.salvor.records.StoreIdentity;
import io.salvor.sqlite.KeptStretches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The segments of one epoch of a store, each read when a record of it is asked for. One that is
/// not as it was published is marked, and left out. Used by one thread.
final class KeptSegments implements KeptStretches {
  private static final Logger log = LoggerFactory.getLogger(KeptSegments.class);

  private final SegmentFolder folder;
  private final StoreIdentity store;
  private final NavigableMap<Long, List<Segment>> byLast = new TreeMap<>();
  private final Set<Segment> unreadable = new HashSet<>();
  private final long lastSeq;

  /// Between these, the latter excluded, there is none: found once, not looked for again.
  private long noneFrom = 1;

  private long noneBefore = 1;

  private KeptSegments(SegmentFolder folder, StoreIdentity store, List<Segment> segments) {
    this.folder = folder;
    this.store = store;
    segments.forEach(it -> byLast.computeIfAbsent(it.lastSeq(), _ -> new ArrayList<>()).add(it));
    this.lastSeq = byLast.lastKey();
  }

  /// Those of a store, of each epoch by themselves, the latest first.
  static List<KeptSegments> of(SegmentFolder folder, UUID lineage) throws IOException {
    List<Segment> sound =
        folder.all().stream()
            .filter(it -> !it.damaged() && it.lineage().equals(lineage.toString()))
            .toList();
    var epochs = new TreeSet<Long>();
    sound.forEach(it -> epochs.add(it.epoch()));
    return epochs.descendingSet().stream()
        .map(epoch ->
            new KeptSegments(
                folder,
                new StoreIdentity(lineage, epoch),
                sound.stream().filter(it -> it.epoch() == epoch).toList()))
        .toList();
  }

  @Override
  public StoreIdentity store() {
    return store;
  }

  @Override
  public long lastSeq() {
    return lastSeq;
  }

  @Override
  public Optional<LogStretch> with(long seq) {
    if (seq >= noneFrom && seq < noneBefore) {
      return Optional.empty();
    }
    Iterator<Segment> holding = from(seq).filter(it -> it.firstSeq() <= seq).iterator();
    while (holding.hasNext()) {
      Optional<LogStretch> stretch = read(holding.next());
      if (stretch.isPresent()) {
        return stretch;
      }
    }
    noneFrom = seq;
    noneBefore =
        from(seq).mapToLong(Segment::firstSeq).filter(it -> it > seq).min().orElse(Long.MAX_VALUE);
    return Optional.empty();
  }

  /// Those that end there or later.
  private Stream<Segment> from(long seq) {
    return byLast.tailMap(seq, true).values().stream()
        .flatMap(List::stream)
        .filter(it -> !unreadable.contains(it));
  }

  private Optional<LogStretch> read(Segment segment) {
    try {
      return Optional.of(folder.read(segment));
    } catch (LogStretch.Unreadable e) {
      unreadable.add(segment);
      mark(segment, String.valueOf(e.getMessage()));
      return Optional.empty();
    } catch (IOException e) {
      unreadable.add(segment);
      return Optional.empty();
    }
  }

  /// A mark that cannot be made keeps nobody from repairing: whoever reads it next finds it again.
  private void mark(Segment segment, String problem) {
    try {
      folder.mark(segment, problem);
    } catch (IOException e) {
      log.warn("the segment {} cannot be marked as damaged: {}", segment.name(), problem);
    }
  }
}
