package io.salvor.simulator.bugs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A deliberate fault.
///
/// @param what it does wrong, in words
/// @param guards the invariants that it breaks
/// @param edits what it changes in which source files
/// @param test module and test class that find it, where the simulator cannot
record Bug(String name, String what, String guards, List<Edit> edits, Optional<Test> test) {
  private static final String SUFFIX = ".bug";
  private static final String OLD = "<<<<<<<";
  private static final String NEW = "=======";
  private static final String END = ">>>>>>>";

  Bug {
    edits = List.copyOf(edits);
  }

  /// Other text in a source file.
  ///
  /// @param file path from the repository's root
  record Edit(String file, String before, String after) {
    /// The file's text with the fault in it.
    ///
    /// @throws IllegalStateException where the text does not have the passage exactly once
    String in(String source) {
      int at = source.indexOf(before);
      if (at < 0 || source.indexOf(before, at + 1) >= 0) {
        throw new IllegalStateException("not exactly once in " + file + ":\n" + before);
      }
      return source.substring(0, at) + after + source.substring(at + before.length());
    }
  }

  /// A test of the build.
  record Test(String module, String classes) {}

  /// All bugs in a folder, by name.
  static List<Bug> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      var bugs = new ArrayList<Bug>();
      for (Path file : files.filter(it -> it.toString().endsWith(SUFFIX)).sorted().toList()) {
        String name = file.getFileName().toString();
        bugs.add(
            parse(name.substring(0, name.length() - SUFFIX.length()), Files.readAllLines(file)));
      }
      return bugs;
    }
  }

  static Bug parse(String name, List<String> lines) {
    var words = new TreeMap<String, String>();
    var edits = new ArrayList<Edit>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.equals(OLD)) {
        int middle = i + lines.subList(i, lines.size()).indexOf(NEW);
        int end = i + lines.subList(i, lines.size()).indexOf(END);
        edits.add(
            new Edit(
                words.getOrDefault("in", ""),
                text(lines.subList(i + 1, middle)),
                text(lines.subList(middle + 1, end))));
        i = end;
      } else if (!line.isBlank()) {
        int colon = line.indexOf(": ");
        words.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return new Bug(
        name,
        words.getOrDefault("what", ""),
        words.getOrDefault("guards", ""),
        edits,
        Optional.ofNullable(words.get("test"))
            .map(it -> it.split(" ", 2))
            .map(it -> new Test(it[0], it[1])));
  }

  /// Each line with its end.
  private static String text(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
