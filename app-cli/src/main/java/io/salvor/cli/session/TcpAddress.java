package io.salvor.cli.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Addresses of servers as people write them.
final class TcpAddress {
  private TcpAddress() {}

  /// Reads `HOST:PORT` or `PORT`, which is one of this machine; IllegalArgumentException for
  /// anything else.
  static InetSocketAddress of(String text) {
    int colon = text.lastIndexOf(':');
    int port = Integer.parseInt(text.substring(colon + 1));
    String host = colon < 1 ? "127.0.0.1" : text.substring(0, colon);
    return new InetSocketAddress(host.replaceAll("^\\[|]$", ""), port);
  }

  /// Whether whoever connects to this address reaches the server that listens on that one, by
  /// whatever name.
  static boolean reaches(InetSocketAddress address, InetSocketAddress listening) {
    if (address.isUnresolved()
        || listening.isUnresolved()
        || address.getPort() != listening.getPort()) {
      return false;
    }
    InetAddress to = address.getAddress();
    InetAddress at = listening.getAddress();
    return to.equals(at) || (at.isAnyLocalAddress() && to.isLoopbackAddress());
  }
}
