package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Clears away an `index.lock` whose holder provably lives no more.
final class StaleLocks {
  private final LiveProcesses processes;

  StaleLocks(LiveProcesses processes) {
    this.processes = processes;
  }

  /// @throws Unworkable where someone holds the lock, or where nobody can tell
  void clear(Path lock, Registration registration) throws IOException, Unworkable {
    clear(lock, List.of(registration.privateDir(), registration.files()));
  }

  void clear(Path lock, List<Path> around) throws IOException, Unworkable {
    if (!Files.exists(lock)) {
      return;
    }
    Optional<String> holder = processes.possibleHolder(lock, around);
    if (holder.isPresent()) {
      throw new Unworkable(
          Kind.LOCKED, lock + " is held: " + holder.get(), "wait, or remove " + lock);
    }
    Files.deleteIfExists(lock);
  }
}
