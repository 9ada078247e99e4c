package io.salvor.server.upkeep;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A file of a flight recorder, read at any place, whether or not it was compressed since.
///
/// A compressed one is inflated once for a reader that goes forward, and that may come back to
/// anywhere in what it read last. For one thread.
public final class RecordedOutput implements Closeable {
  private final Path file;
  private final Path packed;
  private @Nullable InputStream inflated;

  /// Where the last read of what is inflated began, and where it ended.
  private long from;

  private long to;

  public RecordedOutput(Path file) {
    this.file = file;
    this.packed = file.resolveSibling(file.getFileName() + ".gz");
  }

  /// How long it is, uncompressed; 0 where it is not there any more.
  public long length() throws IOException {
    if (Files.exists(file)) {
      return Files.size(file);
    }
    if (!Files.exists(packed)) {
      return 0;
    }
    try (InputStream in = inflate()) {
      return skip(in, Long.MAX_VALUE);
    }
  }

  /// Up to so many bytes from there on; none where it ends before, or is not there any more.
  public byte[] read(long offset, int most) throws IOException {
    if (inflated == null && Files.exists(file)) {
      try (var input = new RandomAccessFile(file.toFile(), "r")) {
        input.seek(Math.min(offset, input.length()));
        var bytes = new byte[most];
        int length = Math.max(0, input.read(bytes));
        return Arrays.copyOf(bytes, length);
      }
    }
    return inflated != null || Files.exists(packed) ? readInflated(offset, most) : new byte[0];
  }

  private byte[] readInflated(long offset, int most) throws IOException {
    InputStream in = at(offset);
    in.mark(most);
    byte[] bytes = to < offset ? new byte[0] : in.readNBytes(most);
    from = to;
    to += bytes.length;
    return bytes;
  }

  /// What is inflated, at this place or at its end; `to` says where.
  private InputStream at(long offset) throws IOException {
    InputStream in = inflated;
    if (in == null || offset < from) {
      close();
      in = inflate();
      inflated = in;
      from = 0;
      to = 0;
    } else if (offset < to) {
      in.reset();
      to = from;
    }
    to += skip(in, offset - to);
    return in;
  }

  private InputStream inflate() throws IOException {
    return new BufferedInputStream(new GZIPInputStream(Files.newInputStream(packed)));
  }

  /// One call of `skip` goes no further than 2^31 - 1 bytes.
  private static long skip(InputStream in, long most) throws IOException {
    long left = most;
    for (long skipped = in.skip(left); skipped > 0; skipped = in.skip(left)) {
      left -= skipped;
    }
    return most - left;
  }

  @Override
  public void close() throws IOException {
    if (inflated != null) {
      inflated.close();
      inflated = null;
    }
  }
}
