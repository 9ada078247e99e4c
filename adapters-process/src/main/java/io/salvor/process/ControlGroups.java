package io.salvor.process;

import io.salvor.process.LinuxHostMemory.Room;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The control groups around this process, of either version, and the memory that each allows.
final class ControlGroups {
  private final Path proc;
  private final Path mounted;

  /// @param root where `proc` and `sys` lie
  ControlGroups(Path root) {
    this.proc = root.resolve("proc");
    this.mounted = root.resolve("sys/fs/cgroup");
  }

  /// Those that have a limit.
  List<Room> rooms() {
    List<Room> rooms = new ArrayList<>();
    String own = LinuxHostMemory.text(proc.resolve("self/cgroup")).orElse("");
    for (String line : own.lines().toList()) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && parts[1].isEmpty()) {
        upwards(mounted, parts[2], "memory.max", "memory.current", "inactive_file", rooms);
      } else if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains("memory")) {
        upwards(
            mounted.resolve("memory"),
            parts[2],
            "memory.limit_in_bytes",
            "memory.usage_in_bytes",
            "total_inactive_file",
            rooms);
      }
    }
    return rooms;
  }

  /// A container sees its own group as the root, so that what its path names may not be there.
  private static void upwards(
      Path base, String group, String limit, String usage, String cache, List<Room> rooms) {
    Path top = base.normalize();
    for (Path at = top.resolve("." + group).normalize();
        at.startsWith(top);
        at = at.resolve("..").normalize()) {
      room(at, limit, usage, cache).ifPresent(rooms::add);
    }
  }

  private static Optional<Room> room(Path folder, String limit, String usage, String cache) {
    OptionalLong most = number(folder.resolve(limit));
    OptionalLong used = number(folder.resolve(usage));
    if (most.isEmpty() || used.isEmpty()) {
      return Optional.empty();
    }
    long cached = LinuxHostMemory.labelled(folder.resolve("memory.stat"), cache + " ").orElse(0);
    long left = most.getAsLong() - (used.getAsLong() - cached);
    return Optional.of(new Room(most.getAsLong(), Math.clamp(left, 0, most.getAsLong())));
  }

  /// Empty where the file is not there, or says `max`.
  private static OptionalLong number(Path file) {
    return LinuxHostMemory.text(file).stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty() && text.chars().allMatch(Character::isDigit))
        .mapToLong(Long::parseLong)
        .findFirst();
  }
}
