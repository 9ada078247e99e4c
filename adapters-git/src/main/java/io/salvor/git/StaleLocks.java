package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Clears away a lock of git's whose holder provably lives no more.
///
/// Whoever holds a lock lived when it was seen. So only those who lived then are waited for: in a
/// repository where agents run one git after the other, there is hardly an instant without one, and
/// a lock that a killed process left would be respected for ever.
final class StaleLocks {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final LiveProcesses processes;

  StaleLocks(LiveProcesses processes) {
    this.processes = processes;
  }

  /// @throws Unworkable where someone holds the lock, or where nobody can tell
  void clear(Path lock, Registration registration) throws IOException, Unworkable {
    clear(lock, List.of(registration.privateDir(), registration.files()));
  }

  void clear(Path lock, List<Path> around) throws IOException, Unworkable {
    Optional<Seen> seen = Seen.at(lock);
    if (seen.isEmpty()) {
      return;
    }
    if (!processes.areSeen()) {
      throw held(lock, "this system does not tell by whom");
    }
    List<ProcessHandle> suspects;
    try {
      suspects = processes.possibleHolders(lock, around);
    } catch (NoSuchFileException _) {
      return;
    }
    awaitEnd(suspects);
    Optional<ProcessHandle> left = suspects.stream().filter(ProcessHandle::isAlive).findFirst();
    if (left.isPresent()) {
      throw held(lock, processes.named(left.get()));
    }
    if (Seen.at(lock).equals(seen)) {
      Files.deleteIfExists(lock);
    }
  }

  /// Which file it is: a lock that was made anew has another holder.
  private record Seen(@Nullable Object key, FileTime time) {
    static Optional<Seen> at(Path lock) throws IOException {
      try {
        var attributes = Files.readAttributes(lock, BasicFileAttributes.class);
        return Optional.of(new Seen(attributes.fileKey(), attributes.lastModifiedTime()));
      } catch (NoSuchFileException _) {
        return Optional.empty();
      }
    }
  }

  private static void awaitEnd(List<ProcessHandle> suspects) throws InterruptedIOException {
    CompletableFuture<?>[] ends =
        suspects.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // Whoever lives still is named.
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a process cannot fail", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the end of another git");
    }
  }

  private static Unworkable held(Path lock, String by) {
    return new Unworkable(Kind.LOCKED, lock + " is held: " + by, "wait, or remove " + lock);
  }
}
