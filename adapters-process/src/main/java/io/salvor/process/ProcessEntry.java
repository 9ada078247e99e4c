package io.salvor.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What `/proc/<pid>/stat` says of one process at one moment.
///
/// @param state one letter; Z is a zombie
/// @param terminal device number of the controlling terminal, 0 for none
/// @param startTicks field 22, raw: clock ticks after boot
record ProcessEntry(
    long pid, char state, long parent, long group, long session, int terminal, long startTicks) {

  /// The process with this pid now.
  static Optional<ProcessEntry> of(long pid) {
    try {
      byte[] stat = Files.readAllBytes(Path.of("/proc/" + pid + "/stat"));
      return parse(new String(stat, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty(); // it ended, before or while it was read
    }
  }

  /// Reads a line of the kernel's; a program's name may itself hold spaces and parentheses.
  static Optional<ProcessEntry> parse(String stat) {
    int open = stat.indexOf('(');
    int close = stat.lastIndexOf(')');
    if (open < 0 || close < open) {
      return Optional.empty();
    }
    String[] rest = stat.substring(close + 1).strip().split(" ", -1);
    if (rest.length < 20) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessEntry(
            Long.parseLong(stat.substring(0, open).strip()),
            rest[0].charAt(0),
            Long.parseLong(rest[1]),
            Long.parseLong(rest[2]),
            Long.parseLong(rest[3]),
            Integer.parseInt(rest[4]),
            Long.parseLong(rest[19])));
  }

  /// A zombie is dead.
  boolean alive() {
    return state != 'Z' && state != 'X' && state != 'x';
  }

  /// Whether both are one process, seen at different moments.
  boolean same(ProcessEntry other) {
    return pid == other.pid && startTicks == other.startTicks;
  }

  /// Whether it still lives.
  boolean stillAlive() {
    return of(pid).filter(now -> now.same(this) && now.alive()).isPresent();
  }

  /// Whether its environment, as it was at its start, has `assignment`, or begins an entry with it.
  boolean environmentHas(String assignment) {
    return read("environ").filter(it -> ("\0" + it).contains("\0" + assignment)).isPresent();
  }

  /// Its arguments, each followed by a NUL; empty where not readable.
  String arguments() {
    return read("cmdline").orElse("");
  }

  /// Its working directory, if it may be read.
  Optional<Path> workingDirectory() {
    try {
      return Optional.of(Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Whether it has `file` open.
  boolean holdsOpen(Path file) {
    try (var descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path descriptor : descriptors) {
        if (pointsTo(descriptor, file)) {
          return true;
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return false;
    }
    return false;
  }

  private static boolean pointsTo(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<String> read(String name) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/" + name));
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
