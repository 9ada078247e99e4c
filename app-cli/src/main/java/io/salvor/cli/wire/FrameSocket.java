package io.salvor.cli.wire;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// Whole frames on a socket, each read with a time limit. For one thread.
final class FrameSocket implements Closeable {
  private static final int HEAD = 9;

  /// What both sides take until they agree on more, which we do not.
  static final int MAX_PAYLOAD = 16_384;

  private final SocketChannel channel;
  private final Selector selector;
  private final ByteBuffer incoming = ByteBuffer.allocate(4 * MAX_PAYLOAD).flip();

  private FrameSocket(SocketChannel channel, Selector selector) {
    this.channel = channel;
    this.selector = selector;
  }

  static FrameSocket connect(SocketAddress address) throws IOException {
    return of(SocketChannel.open(address));
  }

  /// Takes over a channel that is connected.
  static FrameSocket of(SocketChannel channel) throws IOException {
    try {
      channel.configureBlocking(false);
      Selector selector = Selector.open();
      channel.register(selector, SelectionKey.OP_READ);
      return new FrameSocket(channel, selector);
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  /// The next frame; SocketTimeoutException where no byte comes for `patience`, EOFException at the
  /// end.
  Frame read(Duration patience) throws IOException {
    fill(HEAD, patience);
    int length = ((incoming.getShort() & 0xffff) << 8) | (incoming.get() & 0xff);
    int type = incoming.get() & 0xff;
    int flags = incoming.get() & 0xff;
    int stream = incoming.getInt() & 0x7fff_ffff;
    if (length > MAX_PAYLOAD) {
      throw new IOException("a frame of " + length + " bytes");
    }
    fill(length, patience);
    byte[] payload = new byte[length];
    incoming.get(payload);
    var frame = new Frame(type, flags, stream, payload);
    if (frame.contentStart() > frame.contentEnd()) {
      throw new IOException("a frame with more padding than content");
    }
    return frame;
  }

  /// Reads past bytes that are no frame.
  void skip(int length) throws IOException {
    fill(length, Duration.ofSeconds(10));
    incoming.position(incoming.position() + length);
  }

  /// Writes bytes as they are.
  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        awaitRoom();
      }
    }
  }

  void write(int type, int flags, int stream, byte[] payload) throws IOException {
    write(type, flags, stream, payload, 0, payload.length);
  }

  void write(int type, int flags, int stream, byte[] payload, int from, int length)
      throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(HEAD + length);
    frame.put((byte) (length >>> 16)).put((byte) (length >>> 8)).put((byte) length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload, from, length);
    write(frame.flip());
  }

  private void fill(int wanted, Duration patience) throws IOException {
    if (incoming.remaining() >= wanted) {
      return;
    }
    incoming.compact();
    while (incoming.position() < wanted) {
      int got = channel.read(incoming);
      if (got < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (got == 0) {
        awaitBytes(patience);
      }
    }
    incoming.flip();
  }

  private void awaitBytes(Duration patience) throws IOException {
    selector.select(Math.max(1, patience.toMillis()));
    if (selector.selectedKeys().isEmpty()) {
      throw new SocketTimeoutException("nothing came for " + patience.toSeconds() + " s");
    }
    selector.selectedKeys().clear();
  }

  private void awaitRoom() throws IOException {
    SelectionKey key = channel.keyFor(selector);
    key.interestOps(SelectionKey.OP_WRITE);
    selector.select();
    selector.selectedKeys().clear();
    key.interestOps(SelectionKey.OP_READ);
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
