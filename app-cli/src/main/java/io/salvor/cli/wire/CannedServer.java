package io.salvor.cli.wire;

import com.google.protobuf.MessageLite;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gives the same answers to the same calls, one call to a connection: all that a rehearsal needs
/// of a server.
public final class CannedServer implements Closeable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<String, List<MessageLite>> answers;
  private final ServerSocketChannel listening;

  /// @param socket where to listen
  /// @param answers by the full name of the method; without an answer a call is refused
  public CannedServer(Path socket, Map<String, List<MessageLite>> answers) throws IOException {
    this.answers = Map.copyOf(answers);
    this.listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofPlatform().daemon().name("canned-server").start(this::serve);
  }

  private void serve() {
    while (listening.isOpen()) {
      try (FrameSocket socket = FrameSocket.of(listening.accept())) {
        serve(socket);
      } catch (IOException over) {
        // The command has what it wanted and is gone, or nobody is to be served any more.
      }
    }
  }

  private void serve(FrameSocket socket) throws IOException {
    socket.skip(GrpcConnection.PREFACE.length());
    socket.write(Frame.SETTINGS, 0, 0, new byte[0]);
    while (true) {
      Frame frame = socket.read(PATIENCE);
      if (frame.type() == Frame.HEADERS) {
        String path = Hpack.decode(frame.payload()).getOrDefault(":path", "/");
        answer(socket, frame.stream(), answers.getOrDefault(path.substring(1), List.of()));
      }
    }
  }

  private static void answer(FrameSocket socket, int stream, List<MessageLite> messages)
      throws IOException {
    var trailers = new LinkedHashMap<String, String>();
    trailers.put("grpc-status", messages.isEmpty() ? "5" : "0");
    socket.write(
        Frame.HEADERS,
        Frame.END_HEADERS,
        stream,
        Hpack.encode(Map.of(":status", "200", "content-type", "application/grpc")));
    var data = new ByteArrayOutputStream();
    for (MessageLite message : messages) {
      data.writeBytes(Inbox.framed(message.toByteArray()));
    }
    socket.write(Frame.DATA, 0, stream, data.toByteArray());
    socket.write(
        Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, stream, Hpack.encode(trailers));
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
