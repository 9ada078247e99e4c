package io.salvor.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// The small text files of a flight recorder. A note that does not end in a line feed is half
/// written, and is not one.
record Notes(Path folder) {

  /// The note with this name, without its last line feed.
  Optional<String> read(String name) throws IOException {
    try {
      String text = Files.readString(folder.resolve(name));
      return text.endsWith("\n")
          ? Optional.of(text.substring(0, text.length() - 1))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  boolean exists(String name) {
    return Files.exists(folder.resolve(name));
  }

  /// Writes or replaces the note as a whole.
  void publish(String name, String text) throws IOException {
    publishExactly(name, text + "\n");
  }

  /// The same without a line feed at its end.
  void publishExactly(String name, String text) throws IOException {
    Path part = part(name, text);
    Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /// Writes the note as a whole if there is none with this name, whole or not.
  ///
  /// @return whether this call wrote it
  boolean create(String name, String text) throws IOException {
    Path part = part(name, text + "\n");
    try {
      Files.createLink(folder.resolve(name), part);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Path part(String name, String text) throws IOException {
    Path part =
        folder.resolve(
            name + "." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
    Files.createFile(part, FlightRecorder.OWNER_ONLY);
    Files.writeString(part, text);
    return part;
  }
}
