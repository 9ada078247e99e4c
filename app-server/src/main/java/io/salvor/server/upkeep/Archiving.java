package io.salvor.server.upkeep;

import io.salvor.domain.journal.LogUnavailable;
import io.salvor.records.CorruptRecord;
import io.salvor.sqlite.Archive;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the records of long ago packed, segment by segment. Used by one thread.
public final class Archiving {
  private static final Logger log = LoggerFactory.getLogger(Archiving.class);

  private final Archive archive;
  private final Optional<Duration> after;

  /// @param after how old records are when they are packed; empty for never
  public Archiving(Archive archive, Optional<Duration> after) {
    this.archive = archive;
    this.after = after;
  }

  /// Packs one segment, where there is one to pack. What cannot be packed stays as it is, until the
  /// next hour or a repair.
  ///
  /// @return whether there may be another
  public boolean runOnce(Instant now) {
    try {
      return after.isPresent() && archive.pack(now.minus(after.get()));
    } catch (LogUnavailable e) {
      log.warn("old records are not archived for now: {}", e.getMessage());
    } catch (CorruptRecord e) {
      log.error("old records are not archived: {}; try: salvor store check", e.getMessage());
    }
    return false;
  }
}
