package io.salvor.cli.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/// Makes connections to one server, whatever address is asked for. The first is made at once, so
/// that it is known whether somebody listens. Thread-safe.
final class OneServer extends SocketFactory {
  private final SocketAddress address;
  private final Duration patience;
  private @Nullable Socket first;

  /// Connects; IOException where nobody listens.
  ///
  /// @param address of a Unix socket or of TCP
  /// @param patience how long to try
  OneServer(SocketAddress address, Duration patience) throws IOException {
    this.address = address;
    this.patience = patience;
    this.first = connected();
  }

  private Socket connected() throws IOException {
    if (address instanceof UnixDomainSocketAddress) {
      return new UnixSocket(SocketChannel.open(address));
    }
    var socket = new Socket();
    try {
      socket.connect(address, (int) Math.max(1, patience.toMillis())); // 0 would be for ever
      return socket;
    } catch (IOException nobody) {
      socket.close();
      throw nobody;
    }
  }

  @Override
  public synchronized Socket createSocket() throws IOException {
    Socket made = first;
    first = null;
    return made == null ? connected() : made;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int localPort)
      throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int localPort)
      throws IOException {
    return createSocket();
  }

  /// Gives up the first connection where nobody came for it.
  synchronized void close() {
    try {
      if (first != null) {
        first.close();
      }
    } catch (IOException gone) {
      first = null;
    }
  }
}
