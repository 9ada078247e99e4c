package io.salvor.process;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The small text files of a flight recorder. A note that does not end in a line feed is half
/// written, and is not one; no more is one whose bytes are no text, or whose numbers are none:
/// whoever damaged it, an attempt is judged by what is left, and not tried for ever.
record Notes(Path folder) {
  private static final Logger log = LoggerFactory.getLogger(Notes.class);
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  /// The note with this name, without its last line feed.
  Optional<String> read(String name) throws IOException {
    try {
      String text = Files.readString(folder.resolve(name));
      return text.endsWith("\n")
          ? Optional.of(text.substring(0, text.length() - 1))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (MalformedInputException e) {
      log.warn("{} is damaged and is left out of account", folder.resolve(name));
      return Optional.empty();
    }
  }

  /// Whether this is a number of the size that notes have.
  static boolean isNumber(String word) {
    return NUMBER.matcher(word).matches();
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
