package io.salvor.server.backup;

import io.salvor.server.config.Home;
import io.salvor.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file beside a store that was found to be damaged: no server starts on it before it was
/// repaired, or found to be sound. It lies with the store and is moved aside with it.
public final class StoreMark {
  /// The command that mends what it tells of.
  public static final String REPAIR = "salvor store repair";

  private final Path file;

  public StoreMark(Home home) {
    this.file = StoreFiles.in(home.root()).database().resolveSibling("damaged");
  }

  /// What was found; empty where the store is not known to be damaged.
  public List<String> problems() throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /// Writes down what was found, or that nothing was.
  public void note(List<String> problems) throws IOException {
    if (problems.isEmpty()) {
      Files.deleteIfExists(file);
    } else if (Files.isDirectory(Disk.parent(file))) {
      Disk.write(file, String.join("\n", problems) + "\n");
    }
  }
}
