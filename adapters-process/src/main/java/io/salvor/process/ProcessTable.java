package io.salvor.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All processes of this host at one moment, roughly.
record ProcessTable(List<ProcessEntry> entries) {
  ProcessTable {
    entries = List.copyOf(entries);
  }

  static ProcessTable scan() {
    List<ProcessEntry> found = new ArrayList<>();
    try (DirectoryStream<Path> directories =
        Files.newDirectoryStream(Path.of("/proc"), ProcessTable::isProcess)) {
      for (Path directory : directories) {
        ProcessEntry.of(Long.parseLong(directory.getFileName().toString())).ifPresent(found::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ProcessTable(found);
  }

  /// The process with this pid.
  Optional<ProcessEntry> find(long pid) {
    return entries.stream().filter(it -> it.pid() == pid).findFirst();
  }

  private static boolean isProcess(Path directory) {
    String name = directory.getFileName().toString();
    return !name.isEmpty() && name.length() < 12 && name.chars().allMatch(Character::isDigit);
  }
}
