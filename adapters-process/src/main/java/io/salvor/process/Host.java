package io.salvor.process;

import io.salvor.domain.agent.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Which host, boot and user this is. Immutable.
///
/// @param umask of this process, octal, which agents get too
record Host(String bootId, long serverPid, boolean root, String umask) {

  /// Reads it from `/proc`.
  static Host read() throws IOException {
    String status = Files.readString(Path.of("/proc/self/status"));
    String[] uids = field(status, "Uid").orElse("0").split("\\s+", -1);
    return new Host(
        Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip(),
        ProcessHandle.current().pid(),
        uids[uids.length > 1 ? 1 : 0].equals("0"),
        field(status, "Umask").orElse("0022"));
  }

  private static Optional<String> field(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  /// Whether this very process lives. One that may not be looked at or signalled is alive, and so
  /// is one that cannot be looked at since the host is out of descriptors or memory.
  boolean alive(ProcessIdentity process) {
    if (!process.bootId().equals(bootId)) {
      return false;
    }
    Optional<ProcessEntry> entry = ProcessEntry.of(process.pid());
    return entry.isPresent()
        ? entry.get().alive() && entry.get().startTicks() == process.startTicks()
        : Posix.kill(process.pid(), 0) != Posix.ESRCH;
  }
}
