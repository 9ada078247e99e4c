package io.salvor.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Looks through `/proc` for what an attempt may have left alive.
public final class Survivors {
  private static final String MARK = "SALVOR_ATTEMPT=";

  private Survivors() {}

  /// Processes that carry the marker of any attempt of a task.
  public static List<String> ofTask(String uid) {
    return all(pid -> environment(pid).contains(MARK + uid + "/"));
  }

  /// Processes with a marker of which this is true: `UID/ATTEMPT/EPOCH`.
  public static List<String> marked(Predicate<String> marker) {
    return all(pid ->
        environment(pid)
            .lines()
            .flatMap(it -> Stream.of(it.split("\0", -1)))
            .filter(it -> it.startsWith(MARK))
            .anyMatch(it -> marker.test(it.substring(MARK.length()))));
  }

  /// Processes that work in a folder or below it, or were given a path in it.
  public static List<String> under(Path folder) {
    return all(pid -> worksUnder(pid, folder) || arguments(pid).contains(folder.toString()));
  }

  /// Ends them all.
  static void end(Path folder) {
    pids()
        .filter(pid -> worksUnder(pid, folder) || arguments(pid).contains(folder.toString()))
        .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  private static List<String> all(LongPredicate isOne) {
    return pids().filter(isOne::test).map(pid -> pid + ": " + arguments(pid)).toList();
  }

  private static Stream<Long> pids() {
    long self = ProcessHandle.current().pid();
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries
          .map(it -> it.getFileName().toString())
          .filter(it -> it.matches("\\d+"))
          .map(Long::parseLong)
          .filter(pid -> pid != self)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean worksUnder(long pid, Path folder) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).startsWith(folder);
    } catch (IOException e) {
      return false;
    }
  }

  private static String environment(long pid) {
    return read(pid, "environ");
  }

  private static String arguments(long pid) {
    return read(pid, "cmdline").replace('\0', ' ');
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/" + file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
