package io.salvor.it.soak;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Places;
import io.salvor.it.harness.Scrape;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Shell;
import io.salvor.it.harness.Survivors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Measures a bench from outside.
final class Sampler {
  /// A line of a class: its number, instances, bytes, name.
  private static final Pattern HISTOGRAM = Pattern.compile(" *\\d+: +\\d+ +(\\d+)  (\\S+).*");

  private final Bench bench;
  private final List<ScratchProject> projects;
  private final Path temporary;

  /// @param temporary where the server and all that it starts put their temporary files
  Sampler(Bench bench, List<ScratchProject> projects, Path temporary) {
    this.bench = bench;
    this.projects = projects;
    this.temporary = temporary;
  }

  /// Measures everything once; the server is alive.
  ///
  /// @param made UUIDs of all tasks that there ever were
  /// @param open UUIDs of those that are under way
  Map<Gauge, Long> take(Set<String> made, Set<String> open) {
    long pid = bench.server().pid();
    Path process = Path.of("/proc/" + pid);
    Scrape metrics = Scrape.of(bench.server());
    var sample = new EnumMap<Gauge, Long>(Gauge.class);
    sample.put(Gauge.HEAP_KIB, liveBytes(pid) / 1024);
    sample.put(Gauge.THREADS, status(process, "Threads:"));
    sample.put(Gauge.RESIDENT_KIB, status(process, "VmRSS:"));
    sample.put(Gauge.DESCRIPTORS, entries(process.resolve("fd")));
    sample.put(Gauge.DEAD_CHILDREN, dead(pid));
    sample.put(Gauge.PROCESSES, (long) strays(made, open).size());
    sample.put(Gauge.TEMPORARY_FILES, entries(temporary));
    sample.put(Gauge.WORKTREES, Math.max(0, worktrees() - open.size()));
    sample.put(Gauge.ATTEMPT_FOLDERS, entries(bench.home().resolve("attempts")));
    sample.put(Gauge.STORE_KIB, (long) metrics.value("salvor_store_bytes") / 1024);
    return sample;
  }

  /// Processes of tasks that are not under way.
  static List<String> strays(Set<String> made, Set<String> open) {
    return Survivors.marked(mark -> {
      String task = mark.split("/", -1)[0];
      return made.contains(task) && !open.contains(task);
    });
  }

  /// What a full collection left: the heap as a whole has the garbage of the moments since, too. A
  /// collector fills gaps with objects of its own, which are none of the server's.
  private static long liveBytes(long pid) {
    return Shell.succeed(Path.of("/"), jcmd(), Long.toString(pid), "GC.class_histogram")
        .lines()
        .map(HISTOGRAM::matcher)
        .filter(Matcher::matches)
        .filter(it -> !it.group(2).contains("jdk.internal.vm.Filler"))
        .mapToLong(it -> Long.parseLong(it.group(1)))
        .sum();
  }

  /// All that are registered beside the main checkouts; git itself cannot list them while one is
  /// being made.
  long worktrees() {
    return projects.stream().mapToLong(it -> entries(it.root().resolve(".git/worktrees"))).sum();
  }

  private static String jcmd() {
    return Places.java().resolveSibling("jcmd").toString();
  }

  private static long status(Path process, String key) {
    try (Stream<String> lines = Files.lines(process.resolve("status"))) {
      return lines
          .filter(it -> it.startsWith(key))
          .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long entries(Path folder) {
    try (Stream<Path> found = Files.list(folder)) {
      return found.count();
    } catch (IOException e) {
      return 0;
    }
  }

  private static long dead(long parent) {
    return ProcessHandle.allProcesses()
        .filter(it -> stat(it.pid()).startsWith("Z " + parent + " "))
        .count();
  }

  /// State, parent and what follows; empty where it is gone.
  private static String stat(long pid) {
    try {
      String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return line.substring(line.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return "";
    }
  }
}
