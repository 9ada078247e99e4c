package io.salvor.sqlite;

import io.salvor.domain.journal.LogUnavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A home belongs to one server at a time: it holds the lock on `run/lock` for as long as it lives.
///
/// Who holds it is written to `run/pid`, another file: opening and closing a locked file anywhere
/// in a process gives up the lock, so nothing but this class may ever open it.
public final class HomeLock implements AutoCloseable {
  private final FileChannel channel;
  private final FileLock lock;
  private final Path holder;

  private HomeLock(FileChannel channel, FileLock lock, Path holder) {
    this.channel = channel;
    this.lock = lock;
    this.holder = holder;
  }

  /// What came of asking for a home.
  public sealed interface Answer {
    /// The home is ours until the lock is closed, or the process ends.
    record Acquired(HomeLock lock) implements Answer {}

    /// A server has it.
    ///
    /// @param holder empty where it has just begun or just ended
    record Taken(Optional<Holder> holder) implements Answer {}
  }

  /// Who has a home.
  ///
  /// @param startedAt by the wall clock
  public record Holder(long pid, Instant startedAt) {}

  /// Where the lock of a home lies. To look whether it is there and who has it open; never to be
  /// opened: to close it again would drop the lock.
  public static Path fileIn(Path home) {
    return home.resolve("run").resolve("lock");
  }

  /// Takes the home, or says who has it. To be called before anything in it is opened.
  ///
  /// @param home made where it is not there
  /// @param self what others are told
  public static Answer acquire(Path home, Holder self) {
    Path run = home.resolve("run");
    try {
      PrivateDirectory.make(run);
      FileChannel channel =
          FileChannel.open(fileIn(home), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        return new Answer.Taken(holderOf(home));
      }
      var acquired = new HomeLock(channel, lock, run.resolve("pid"));
      try {
        acquired.name(self);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      return new Answer.Acquired(acquired);
    } catch (IOException e) {
      throw new LogUnavailable(
          LogUnavailable.Kind.IO_ERROR,
          "cannot lock the home " + home + ": " + e.getMessage(),
          "make it a directory that the server may write to, on a disk that has room",
          e);
    }
  }

  /// Who wrote itself down as the holder last; that it still is the holder only the lock can tell.
  public static Optional<Holder> holderOf(Path home) {
    try {
      List<String> lines = Files.readAllLines(home.resolve("run").resolve("pid"));
      return lines.size() < 2
          ? Optional.empty()
          : Optional.of(new Holder(Long.parseLong(lines.get(0)), Instant.parse(lines.get(1))));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void name(Holder self) throws IOException {
    Path unfinished = holder.resolveSibling("pid.new");
    Files.writeString(unfinished, self.pid() + "\n" + self.startedAt() + "\n");
    Files.move(
        unfinished, holder, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Gives the home back.
  @Override
  public void close() {
    try {
      Files.deleteIfExists(holder);
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new LogUnavailable(
          LogUnavailable.Kind.IO_ERROR, "cannot give the home back: " + e.getMessage(), "", e);
    }
  }
}
