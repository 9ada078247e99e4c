package io.salvor.simulator.bugs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A copy of the whole source tree with a fault in it, on which a test of the build is run.
final class TestedCopy {
  private static final List<String> LEFT_OUT = List.of(".git", "target", "node_modules");

  private TestedCopy() {}

  /// Found where the test fails.
  static Found hunt(Bug bug, Path root, Path copy) throws IOException, InterruptedException {
    copyTree(root, copy);
    for (Bug.Edit edit : bug.edits()) {
      Path file = copy.resolve(edit.file());
      Files.writeString(file, edit.in(Files.readString(file)));
    }
    Bug.Test test = bug.test().orElseThrow();
    if (maven(copy, "-DskipTests", "-pl", test.module(), "-am", "test-compile") != 0) {
      throw new IllegalStateException(bug.name() + " does not compile in a copy of the sources");
    }
    int status =
        maven(
            copy,
            "-Dtest=" + test.classes(),
            "-Dsurefire.failIfNoSpecifiedTests=false",
            "-pl",
            test.module(),
            "-am",
            "test");
    return new Found(bug, status == 0 ? "" : "test " + test.classes(), 0);
  }

  private static int maven(Path folder, String... goals) throws IOException, InterruptedException {
    return new ProcessBuilder(
            Stream.concat(Stream.of("mvn", "-q", "-B", "-P", "!checks"), Stream.of(goals)).toList())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("maven.log").toFile())
        .start()
        .waitFor();
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> children = Files.list(from)) {
      Files.createDirectories(to);
      for (Path child : children.toList()) {
        String name = child.getFileName().toString();
        if (LEFT_OUT.contains(name)) {
          continue;
        }
        if (Files.isDirectory(child)) {
          copyTree(child, to.resolve(name));
        } else {
          Files.copy(child, to.resolve(name));
        }
      }
    }
  }
}
