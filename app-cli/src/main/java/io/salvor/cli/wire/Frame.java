package io.salvor.cli.wire;

import java.nio.ByteBuffer;

/// One HTTP/2 frame (RFC 9113, section 4.1).
///
/// Its payload is not copied: whoever reads it leaves it as it is.
final class Frame {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 0x1;
  static final int ACK = 0x1;
  static final int END_HEADERS = 0x4;
  static final int PADDED = 0x8;
  static final int PRIORITY = 0x20;

  private final int type;
  private final int flags;
  private final int stream;
  private final byte[] payload;

  /// @param stream 0 for the connection
  Frame(int type, int flags, int stream, byte[] payload) {
    this.type = type;
    this.flags = flags;
    this.stream = stream;
    this.payload = payload;
  }

  int type() {
    return type;
  }

  int stream() {
    return stream;
  }

  byte[] payload() {
    return payload;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /// The 32-bit number at `at`, without its highest bit.
  int number(int at) {
    return ByteBuffer.wrap(payload, at, Integer.BYTES).getInt() & 0x7fff_ffff;
  }

  /// Where the content begins, after the length of the padding and the priority.
  int contentStart() {
    int start = has(PADDED) && type != CONTINUATION ? 1 : 0;
    return type == HEADERS && has(PRIORITY) ? start + 5 : start;
  }

  /// Where the content ends, before the padding.
  int contentEnd() {
    return has(PADDED) && type != CONTINUATION
        ? payload.length - (payload[0] & 0xff)
        : payload.length;
  }

  /// Four bytes, highest first.
  static byte[] bytesOf(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }
}
