package io.salvor.simulator.bugs;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/// Looks for each deliberate fault: `bugs.sh [--stories N] [--from N] [--tests] [NAME...]`.
///
/// Prints a table of who found which after how many stories. The exit status is 1 where one was not
/// found. With `--tests`, also those that a test of the build finds, each in a copy of the sources.
public final class BugHunt {
  private final Path root;
  private final Path scratch;
  private final PrintStream out;

  BugHunt(Path root, Path scratch, PrintStream out) {
    this.root = root;
    this.scratch = scratch;
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    long from = 1;
    long stories = 3_000;
    boolean tests = false;
    Path root = Path.of("");
    var names = new ArrayList<String>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--from" -> from = Long.parseLong(args[++i]);
        case "--stories" -> stories = Long.parseLong(args[++i]);
        case "--root" -> root = Path.of(args[++i]);
        case "--tests" -> tests = true;
        default -> names.add(args[i]);
      }
    }
    Path scratch = Files.createTempDirectory("salvor-bugs");
    boolean all;
    try {
      var hunt = new BugHunt(root.toAbsolutePath(), scratch, System.out);
      all = hunt.huntAll(names, from, stories, tests);
    } finally {
      delete(scratch);
    }
    System.exit(all ? 0 : 1);
  }

  private boolean huntAll(List<String> names, long from, long stories, boolean tests)
      throws Exception {
    out.println("| bug | what it does wrong | breaks | found by | stories |");
    out.println("|---|---|---|---|---|");
    int missed = 0;
    int hunted = 0;
    for (Bug bug : Bug.in(root.resolve("simulator/bugs"))) {
      if ((names.isEmpty() || names.contains(bug.name())) && (tests || bug.test().isEmpty())) {
        Found found =
            bug.test().isPresent()
                ? TestedCopy.hunt(bug, root, scratch.resolve(bug.name()))
                : hunt(bug, from, stories);
        out.println(found.row());
        hunted++;
        missed += found.isFound() ? 0 : 1;
      }
    }
    out.printf("%n%d bugs, %d not found within %,d stories each%n", hunted, missed, stories);
    return missed == 0;
  }

  /// Tells stories with the bug in them until one goes wrong.
  Found hunt(Bug bug, long from, long stories) throws Exception {
    try (Mutant mutant = Mutant.of(bug, root, scratch.resolve(bug.name()))) {
      LongFunction<String> teller = mutant.storyTeller();
      for (long i = 0; i < stories; i++) {
        String wrong = teller.apply(from + i);
        if (!wrong.isEmpty()) {
          return new Found(bug, wrong, i + 1);
        }
      }
      return new Found(bug, "", stories);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
