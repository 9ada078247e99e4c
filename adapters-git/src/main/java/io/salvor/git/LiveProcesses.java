package io.salvor.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What can be said of other processes from `/proc`; where there is none, nothing is certain.
final class LiveProcesses {
  private final Path proc;

  LiveProcesses(Path proc) {
    this.proc = proc;
  }

  /// Whether other processes can be seen at all.
  boolean areSeen() {
    return Files.isDirectory(proc.resolve("self"));
  }

  /// Who may hold `lock` now: nobody else can have made it.
  ///
  /// A holder runs as the lock's owner and has the file open, or is a git that works in one of
  /// `around`: git closes the file while an editor is open.
  List<ProcessHandle> possibleHolders(Path lock, List<Path> around) throws IOException {
    UserPrincipal owner = Files.getOwner(lock);
    var found = new ArrayList<ProcessHandle>();
    for (Path process : all()) {
      if (mayHold(process, owner, lock, around)) {
        ProcessHandle.of(pid(process)).ifPresent(found::add);
      }
    }
    return found;
  }

  /// A process, for people.
  String named(ProcessHandle process) {
    return "process "
        + process.pid()
        + " ("
        + name(proc.resolve(Long.toString(process.pid())))
        + ")";
  }

  /// Processes that stand in `directory` or below, but for Salvor's own git children.
  List<Long> workingIn(Path directory) throws IOException {
    var found = new ArrayList<Long>();
    for (Path process : all()) {
      if (link(process.resolve("cwd")).filter(cwd -> cwd.startsWith(directory)).isPresent()
          && !read(process.resolve("environ")).contains(ChildEnvironment.ROLE + "=")) {
        found.add(pid(process));
      }
    }
    return found;
  }

  private boolean mayHold(Path process, UserPrincipal owner, Path lock, List<Path> around) {
    try {
      if (!Files.getOwner(process).equals(owner)) {
        return false;
      }
      return isGitIn(process, around) || hasOpen(process, lock);
    } catch (IOException _) {
      // It has ended, or it hides; one that hides may hold anything.
      return Files.isDirectory(process) && !isZombie(process);
    }
  }

  private static boolean hasOpen(Path process, Path lock) throws IOException {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (link(descriptor).filter(lock::equals).isPresent()) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean isGitIn(Path process, List<Path> around) {
    String name = name(process);
    if (!name.equals("git") && !name.startsWith("git-")) {
      return false;
    }
    Optional<Path> cwd = link(process.resolve("cwd"));
    if (isZombie(process)) {
      return false;
    }
    String words = read(process.resolve("cmdline"));
    return around.stream()
        .anyMatch(place ->
            cwd.isEmpty() || cwd.get().startsWith(place) || words.contains(place.toString()));
  }

  private static boolean isZombie(Path process) {
    return read(process.resolve("cmdline")).isEmpty();
  }

  private static String name(Path process) {
    return read(process.resolve("comm")).strip();
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException _) {
      return "";
    }
  }

  private static Optional<Path> link(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static long pid(Path process) {
    return Long.parseLong(String.valueOf(process.getFileName()));
  }

  private List<Path> all() throws IOException {
    String self = String.valueOf(ProcessHandle.current().pid());
    var found = new ArrayList<Path>();
    if (!Files.isDirectory(proc)) {
      return found;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path entry : entries) {
        if (!entry.endsWith(self)) {
          found.add(entry);
        }
      }
    }
    return found;
  }
}
