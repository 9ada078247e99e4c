package io.salvor.server.notices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Up to where in the log people were told, kept in a small file.
final class Position {
  private static final Logger log = LoggerFactory.getLogger(Position.class);

  private final Path file;
  private final String lineage;

  /// @param lineage of the store: a position in another one means nothing
  Position(Path file, String lineage) {
    this.file = file;
    this.lineage = lineage;
  }

  /// A place in the log.
  ///
  /// @param time of what is told there
  record At(long seq, Instant time) {}

  /// Empty where none was kept for this store.
  Optional<At> read() {
    try {
      List<String> words = List.of(Files.readString(file).strip().split(" "));
      return words.size() == 3 && words.getFirst().equals(lineage)
          ? Optional.of(new At(Long.parseLong(words.get(1)), Instant.parse(words.get(2))))
          : Optional.empty();
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | NumberFormatException | DateTimeException e) {
      log.warn("{} cannot be read; notices begin anew: {}", file, e.toString());
      return Optional.empty();
    }
  }

  /// Keeps it. Where that fails, a later server tells again what was told since.
  void write(At at) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.writeString(next, lineage + " " + at.seq() + " " + at.time() + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      log.warn("{} cannot be written: {}", file, e.toString());
    }
  }
}
