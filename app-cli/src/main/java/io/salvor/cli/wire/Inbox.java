package io.salvor.cli.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// Bytes of a stream, until they make whole messages: a flag, a length, the content.
final class Inbox {
  private static final int PREFIX = 5;

  private byte[] bytes = new byte[4096];
  private int from;
  private int to;

  void add(byte[] source, int start, int length) {
    if (to + length > bytes.length) {
      int held = to - from;
      byte[] room =
          held + length > bytes.length ? new byte[Math.max(2 * held, held + length)] : bytes;
      System.arraycopy(bytes, from, room, 0, held);
      bytes = room;
      from = 0;
      to = held;
    }
    System.arraycopy(source, start, bytes, to, length);
    to += length;
  }

  /// The next message; empty while it is not all there.
  Optional<byte[]> next() throws IOException {
    if (to - from < PREFIX) {
      return Optional.empty();
    }
    int length = ByteBuffer.wrap(bytes, from + 1, 4).getInt();
    if (bytes[from] != 0 || length < 0) {
      throw new IOException("an answer that is compressed or too long");
    }
    if (to - from - PREFIX < length) {
      return Optional.empty();
    }
    byte[] message = Arrays.copyOfRange(bytes, from + PREFIX, from + PREFIX + length);
    from += PREFIX + length;
    return Optional.of(message);
  }

  /// A message as it is sent.
  static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(PREFIX + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message)
        .array();
  }
}
