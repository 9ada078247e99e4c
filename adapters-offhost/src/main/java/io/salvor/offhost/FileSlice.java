package io.salvor.offhost;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A stretch of a file, read once from its beginning.
final class FileSlice extends InputStream {
  private final FileChannel channel;
  private final long end;
  private long at;

  /// @param from where it begins
  /// @param bytes how long it is
  FileSlice(Path file, long from, long bytes) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.at = from;
    this.end = from + bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int most = (int) Math.min(length, end - at);
    int read = most == 0 ? -1 : channel.read(ByteBuffer.wrap(into, offset, most), at);
    at += Math.max(0, read);
    return read;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
