package io.salvor.cli.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/// A connected Unix socket, as far as gRPC's transport asks for one: it knows [Socket]s, and the
/// JDK has these only as channels.
final class UnixSocket extends Socket {
  private final SocketChannel channel;
  private final SocketAddress remote;
  private final SocketAddress local;

  UnixSocket(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.remote = channel.getRemoteAddress();
    this.local = channel.getLocalAddress();
  }

  @Override
  public InputStream getInputStream() {
    return Channels.newInputStream(channel);
  }

  @Override
  public OutputStream getOutputStream() {
    return Channels.newOutputStream(channel);
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return remote;
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return local;
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  /// Nothing to set: a Unix socket holds nothing back.
  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
