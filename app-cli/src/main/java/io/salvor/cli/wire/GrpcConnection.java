package io.salvor.cli.wire;

import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A connection to a server, for one call after the other; the one before may be left unfinished.
/// For one thread.
///
/// Calls throw [RpcFailure].
public final class GrpcConnection implements Closeable {
  static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int SETTING_TABLE_SIZE = 1;
  private static final int SETTING_ENABLE_PUSH = 2;
  private static final int SETTING_INITIAL_WINDOW = 4;
  private static final int FIRST_WINDOW = 65_535;
  private static final int OUR_WINDOW = 1 << 20;

  private final FrameSocket socket;
  private final Map<String, String> metadata;
  private int nextStream = 1;
  private int received;
  private int sendWindow = FIRST_WINDOW;
  private int initialStreamWindow = FIRST_WINDOW;
  private boolean goneAway;

  private GrpcConnection(FrameSocket socket, Map<String, String> metadata) {
    this.socket = socket;
    this.metadata = metadata;
  }

  /// Connects; IOException where nobody listens.
  ///
  /// @param address of a Unix socket or of TCP
  /// @param metadata sent with each call; printable ASCII
  public static GrpcConnection open(SocketAddress address, Map<String, String> metadata)
      throws IOException {
    FrameSocket socket = FrameSocket.connect(address);
    try {
      var connection = new GrpcConnection(socket, new LinkedHashMap<>(metadata));
      connection.greet();
      return connection;
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  private void greet() throws IOException {
    socket.write(ByteBuffer.wrap(PREFACE.getBytes(StandardCharsets.US_ASCII)));
    byte[] settings =
        ByteBuffer.allocate(18)
            .putShort((short) SETTING_TABLE_SIZE)
            .putInt(0)
            .putShort((short) SETTING_ENABLE_PUSH)
            .putInt(0)
            .putShort((short) SETTING_INITIAL_WINDOW)
            .putInt(OUR_WINDOW)
            .array();
    socket.write(Frame.SETTINGS, 0, 0, settings);
    socket.write(Frame.WINDOW_UPDATE, 0, 0, Frame.bytesOf(OUR_WINDOW - FIRST_WINDOW));
  }

  /// One question, one answer.
  ///
  /// @param deadline for all of it
  public <Q extends MessageLite, A> A call(
      MethodDescriptor<Q, A> method, Q question, Duration deadline) {
    Replies<A> replies = start(method, question, deadline, Optional.of(deadline));
    A answer =
        replies
            .next()
            .orElseThrow(
                () -> new RpcFailure(Status.Code.INTERNAL, "no answer came", new byte[0], true));
    replies.next();
    return answer;
  }

  /// One question, many answers.
  ///
  /// @param patience how long the server may be silent
  public <Q extends MessageLite, A> Replies<A> stream(
      MethodDescriptor<Q, A> method, Q question, Duration patience) {
    return start(method, question, patience, Optional.empty());
  }

  private <Q extends MessageLite, A> Replies<A> start(
      MethodDescriptor<Q, A> method, Q question, Duration patience, Optional<Duration> deadline) {
    if (goneAway) {
      throw new RpcFailure(
          Status.Code.UNAVAILABLE, "the server takes no more calls", new byte[0], false);
    }
    var replies = new Replies<A>(this, nextStream, method, initialStreamWindow, patience);
    nextStream += 2;
    var headers = new LinkedHashMap<String, String>();
    headers.put(":method", "POST");
    headers.put(":scheme", "http");
    headers.put(":path", "/" + method.getFullMethodName());
    headers.put(":authority", "localhost");
    headers.put("te", "trailers");
    headers.put("content-type", "application/grpc");
    headers.put("user-agent", "salvor-cli");
    deadline.ifPresent(limit -> headers.put("grpc-timeout", limit.toMillis() + "m"));
    headers.putAll(metadata);
    try {
      byte[] block = Hpack.encode(headers);
      if (block.length > FrameSocket.MAX_PAYLOAD) {
        throw new RpcFailure(
            Status.Code.INVALID_ARGUMENT, "the metadata is too long", new byte[0], false);
      }
      socket.write(Frame.HEADERS, Frame.END_HEADERS, replies.stream(), block);
      replies.send(question.toByteArray());
    } catch (IOException broken) {
      throw RpcFailure.broken(Status.Code.UNAVAILABLE, broken);
    }
    return replies;
  }

  /// The next frame of this stream, once the connection's own have been seen to; empty where it was
  /// one of those, so that windows can be looked at again.
  Optional<Frame> read(int stream, Duration patience) throws IOException {
    Frame frame = socket.read(patience);
    switch (frame.type()) {
      case Frame.SETTINGS -> settings(frame);
      case Frame.PING -> {
        if (!frame.has(Frame.ACK)) {
          socket.write(Frame.PING, Frame.ACK, 0, frame.payload());
        }
      }
      case Frame.GOAWAY -> {
        goneAway = true;
        if (stream > frame.number(0)) {
          throw new IOException("the server is going away");
        }
      }
      case Frame.WINDOW_UPDATE -> {
        if (frame.stream() == 0) {
          sendWindow += frame.number(0);
        }
      }
      case Frame.DATA -> consumed(frame.payload().length);
      default -> {}
    }
    return frame.stream() == stream && stream != 0 ? Optional.of(frame) : Optional.empty();
  }

  private void settings(Frame frame) throws IOException {
    if (frame.has(Frame.ACK)) {
      return;
    }
    ByteBuffer settings = ByteBuffer.wrap(frame.payload());
    while (settings.remaining() >= 6) {
      int setting = settings.getShort();
      int value = settings.getInt();
      if (setting == SETTING_INITIAL_WINDOW) {
        initialStreamWindow = value;
      }
    }
    socket.write(Frame.SETTINGS, Frame.ACK, 0, new byte[0]);
  }

  private void consumed(int bytes) throws IOException {
    received += bytes;
    if (received >= OUR_WINDOW / 2) {
      socket.write(Frame.WINDOW_UPDATE, 0, 0, Frame.bytesOf(received));
      received = 0;
    }
  }

  /// The size that a stream's window has before its first byte.
  int initialStreamWindow() {
    return initialStreamWindow;
  }

  /// How many bytes may be sent now.
  int sendWindow() {
    return sendWindow;
  }

  void send(int stream, byte[] bytes, int from, int length, boolean last) throws IOException {
    sendWindow -= length;
    socket.write(Frame.DATA, last ? Frame.END_STREAM : 0, stream, bytes, from, length);
  }

  /// Tells the server that so many bytes of this stream were taken.
  void widen(int stream, int bytes) throws IOException {
    socket.write(Frame.WINDOW_UPDATE, 0, stream, Frame.bytesOf(bytes));
  }

  /// Tells the server that nobody waits for the rest of this stream.
  void cancel(int stream) throws IOException {
    socket.write(Frame.RST_STREAM, 0, stream, Frame.bytesOf(8));
  }

  /// Whether this was only the end of patience.
  static Status.Code codeOf(IOException broken) {
    return broken instanceof SocketTimeoutException
        ? Status.Code.DEADLINE_EXCEEDED
        : Status.Code.UNAVAILABLE;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed either way.
    }
  }
}
