package io.salvor.server.upkeep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Minds the space on the home's disk: where it gets short, nothing new begins, so that what is
/// left is there for what must still be written. Thread-safe.
public final class DiskWatch {
  private static final Logger log = LoggerFactory.getLogger(DiskWatch.class);

  private final String place;
  private final LongSupplier usable;
  private final long reserve;
  private volatile Optional<String> shortage = Optional.empty();

  /// @param usable bytes that are free; negative where nobody can tell
  /// @param reserve bytes below which nothing new begins
  DiskWatch(String place, LongSupplier usable, long reserve) {
    this.place = place;
    this.usable = usable;
    this.reserve = reserve;
  }

  /// Minds the disk that this folder lies on.
  public static DiskWatch of(Path folder, long reserve) {
    return new DiskWatch(folder.toString(), () -> usable(folder), reserve);
  }

  private static long usable(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return -1;
    }
  }

  /// Looks once. Twice the reserve has to be free again before it is over, so that it does not come
  /// and go.
  ///
  /// @return why nothing new should begin, with what mends it; empty where there is space
  public Optional<String> runOnce() {
    long free = usable.getAsLong();
    long wanted = shortage.isPresent() ? 2 * reserve : reserve;
    boolean low = free >= 0 && free < wanted;
    if (low && shortage.isEmpty()) {
      log.warn("only {} MiB are free on the disk of {}: no attempt begins", free >> 20, place);
    } else if (!low && shortage.isPresent()) {
      log.info("{} MiB are free on the disk of {}: attempts may begin", free >> 20, place);
    }
    shortage =
        low
            ? Optional.of(
                "only "
                    + (free >> 20)
                    + " MiB are free on the disk of "
                    + place
                    + "; make room, or lower upkeep.disk_reserve in config.toml")
            : Optional.empty();
    return shortage;
  }

  /// As it was at the last look.
  public Optional<String> shortage() {
    return shortage;
  }
}
