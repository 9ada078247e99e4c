package io.salvor.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Space set aside on the store's disk. When the disk is full it is given back, and with it the log
/// takes what must be written to stop and settle. Safe for use by many threads.
public final class Ballast {
  /// 8 MiB: enough for hundreds of commits.
  public static final long DEFAULT_BYTES = 8L << 20;

  private final Path file;
  private final long bytes;

  Ballast(Path file, long bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /// Whether the space is set aside now. Where it is not, the disk was full, and nothing new should
  /// be begun.
  public synchronized boolean held() {
    return bytes == 0 || Files.exists(file);
  }

  /// Sets the space aside, if it is not and if three times as much is free. To be called every so
  /// often.
  ///
  /// @return whether it is set aside now
  public synchronized boolean keep() {
    if (held()) {
      return true;
    }
    try {
      if (Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() < 3 * bytes) {
        return false;
      }
      fill();
      return true;
    } catch (IOException e) {
      // No space for it after all: the log says so itself, to whoever writes next.
      release();
      return false;
    }
  }

  /// Gives the space back where hardly any other is left. To be called before a start: it writes a
  /// few small files, and without it nobody would settle what runs on.
  synchronized void releaseWhereFull() {
    try {
      if (Files.exists(file)
          && Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() < bytes / 2) {
        release();
      }
    } catch (IOException e) {
      // Nobody knows how much is left: whoever writes next will find out.
    }
  }

  /// Gives the space back.
  ///
  /// @return whether there was any to give
  synchronized boolean release() {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      return false;
    }
  }

  /// With random bytes, since file systems may store equal ones in no space at all; under another
  /// name until it is whole.
  private void fill() throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(bytes);
    byte[] block = new byte[1 << 16];
    try (var channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (long written = 0; written < bytes; written += block.length) {
        random.nextBytes(block);
        channel.write(ByteBuffer.wrap(block));
      }
      channel.force(true);
      Files.move(unfinished, file);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }
}
