package io.salvor.server.notices;

import io.salvor.records.StoreIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Up to where in the log people were told, kept in a small file: lineage, seq, time, and since
/// then the store's epoch and the time of the last summary.
final class Position {
  private static final Logger log = LoggerFactory.getLogger(Position.class);

  private final Path file;
  private final String lineage;
  private final long epoch;

  /// @param store a position in another one means nothing
  Position(Path file, StoreIdentity store) {
    this.file = file;
    this.lineage = store.lineage().toString();
    this.epoch = store.epoch();
  }

  /// A place in the log.
  ///
  /// @param time of what is told there
  /// @param summed when what had been counted was told last
  record At(long seq, Instant time, Instant summed) {}

  /// What was kept.
  sealed interface Kept {
    /// Nothing of this store.
    record Nothing() implements Kept {}

    /// The place.
    record Here(At at) implements Kept {}

    /// A place in the log as it was before a restore: later numbers are others' now.
    record BeforeRestore(At at) implements Kept {}
  }

  Kept read() {
    try {
      List<String> words = List.of(Files.readString(file).strip().split(" "));
      if (words.size() < 3 || !words.getFirst().equals(lineage)) {
        return new Kept.Nothing();
      }
      Instant time = Instant.parse(words.get(2));
      boolean whole = words.size() >= 5;
      var at =
          new At(Long.parseLong(words.get(1)), time, whole ? Instant.parse(words.get(4)) : time);
      return whole && Long.parseLong(words.get(3)) != epoch
          ? new Kept.BeforeRestore(at)
          : new Kept.Here(at);
    } catch (NoSuchFileException none) {
      return new Kept.Nothing();
    } catch (IOException | NumberFormatException | DateTimeException e) {
      log.warn("{} cannot be read; notices begin anew: {}", file, e.toString());
      return new Kept.Nothing();
    }
  }

  /// Keeps it. Where that fails, a later server tells again what was told since.
  void write(At at) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.writeString(
          next,
          String.join(
                  " ",
                  lineage,
                  Long.toString(at.seq()),
                  at.time().toString(),
                  Long.toString(epoch),
                  at.summed().toString())
              + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      log.warn("{} cannot be written: {}", file, e.toString());
    }
  }
}
