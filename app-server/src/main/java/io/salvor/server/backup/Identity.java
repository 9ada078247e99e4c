package io.salvor.server.backup;

import io.salvor.server.config.Home;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/// Which store a home has: a small file beside it, so that the loss of the store is seen.
///
/// @param epoch how often it was taken over by a restore; from 1 up
record Identity(String lineage, long epoch) {
  static final String FILE = "identity";

  /// @throws BackupFailed where it says something else
  static Optional<Identity> of(Home home) throws IOException {
    Path file = home.root().resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      var said = new Properties();
      said.load(new StringReader(Files.readString(file)));
      String lineage = said.getProperty("lineage", "");
      if (!lineage.isEmpty()) {
        return Optional.of(new Identity(lineage, Long.parseLong(said.getProperty("epoch", "1"))));
      }
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw Disk.notOurs(file, "does not say which store the home has: " + e.getMessage());
    }
    throw Disk.notOurs(file, "does not say which store the home has");
  }

  void write(Home home) throws IOException {
    Path file = home.root().resolve(FILE);
    String text = "lineage=" + lineage + "\nepoch=" + epoch + "\n";
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Disk.write(file, text);
    }
  }
}
