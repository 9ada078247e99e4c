package io.salvor.server.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Refs of a repository, as they were: a line for each, with the object and the name, as `git
/// show-ref` prints it. They are no part of the manifest, which is read often, while they grow with
/// all work that was never merged.
final class RefsFile {
  private RefsFile() {}

  /// @param refs names, with the object that each leads to
  static void write(Path file, Map<String, String> refs) throws IOException {
    List<String> lines = new ArrayList<>(refs.size());
    refs.forEach((name, target) -> lines.add(target + " " + name));
    Files.write(file, lines);
  }

  static SortedMap<String, String> read(Path file) throws IOException {
    var refs = new TreeMap<String, String>();
    for (String line : Files.readAllLines(file)) {
      int space = line.indexOf(' ');
      if (space < 0) {
        throw new IOException(file + " has a line that names no ref: " + line);
      }
      refs.put(line.substring(space + 1), line.substring(0, space));
    }
    return refs;
  }
}
