package io.salvor.it.house;

import io.salvor.it.harness.Places;
import io.salvor.it.harness.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The sources as git knows them.
final class Sources {
  private static final List<String> TEXTS =
      List.of(".java", ".proto", ".sh", ".sql", ".xml", ".md", ".toml", ".yaml", ".yml");

  private Sources() {}

  /// Paths of all texts, relative to the root.
  static List<String> all() {
    String listed =
        Shell.succeed(
            Places.root(), "git", "ls-files", "--cached", "--others", "--exclude-standard");
    return listed
        .lines()
        .filter(path -> TEXTS.stream().anyMatch(path::endsWith) || path.equals("salvor"))
        .filter(path -> Files.exists(Places.root().resolve(path)))
        .toList();
  }

  /// What runs, and not what tests it.
  static Stream<String> main() {
    return all().stream().filter(path -> path.contains("/src/main/"));
  }

  /// What is wrong, as `path:line: text`.
  static List<String> lines(Stream<String> paths, Predicate<String> wrong) {
    return paths
        .flatMap(path -> {
          List<String> lines = read(path);
          return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
              .filter(i -> wrong.test(lines.get(i)))
              .map(i -> path + ":" + (i + 1) + ": " + lines.get(i).strip());
        })
        .toList();
  }

  static List<String> read(String path) {
    Path file = Places.root().resolve(path);
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
