package io.salvor.server.upkeep;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// A file of a flight recorder, read at any place, whether or not it was compressed since.
public final class RecordedOutput {
  private RecordedOutput() {}

  /// How long it is, uncompressed; 0 where it is not there any more.
  public static long length(Path file) throws IOException {
    if (Files.exists(file)) {
      return Files.size(file);
    }
    Path packed = packed(file);
    if (!Files.exists(packed)) {
      return 0;
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      return in.skip(Long.MAX_VALUE);
    }
  }

  /// Up to so many bytes from there on; none where it ends before, or is not there any more.
  public static byte[] read(Path file, long offset, int most) throws IOException {
    if (Files.exists(file)) {
      try (var input = new RandomAccessFile(file.toFile(), "r")) {
        input.seek(Math.min(offset, input.length()));
        var bytes = new byte[most];
        int length = Math.max(0, input.read(bytes));
        return java.util.Arrays.copyOf(bytes, length);
      }
    }
    Path packed = packed(file);
    if (!Files.exists(packed)) {
      return new byte[0];
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      return in.skip(offset) < offset ? new byte[0] : in.readNBytes(most);
    }
  }

  private static Path packed(Path file) {
    return file.resolveSibling(file.getFileName() + ".gz");
  }
}
