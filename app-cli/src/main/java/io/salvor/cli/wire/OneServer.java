package io.salvor.cli.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/// Makes connections to one server, whatever address is asked for. The first is made at once, so
/// that it is known whether somebody listens. Thread-safe.
final class OneServer extends SocketFactory {
  private final SocketAddress address;
  private @Nullable Socket first;

  /// Connects; IOException where nobody listens.
  ///
  /// @param address of a Unix socket or of TCP
  OneServer(SocketAddress address) throws IOException {
    this.address = address;
    this.first = connected();
  }

  private Socket connected() throws IOException {
    if (address instanceof UnixDomainSocketAddress) {
      return new UnixSocket(SocketChannel.open(address));
    }
    var socket = new Socket();
    socket.connect(address);
    return socket;
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
