package io.salvor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder that is removed with all that is in it.
record Scratch(Path root) implements AutoCloseable {

  /// Under the folder for temporary files, which should lie on a real disk.
  static Scratch make() throws IOException {
    return new Scratch(Files.createTempDirectory("salvor-bench-"));
  }

  /// A folder in it that is there.
  Path folder(String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
