package io.salvor.server.config;

import java.net.InetSocketAddress;

/// Addresses as people write them.
public final class HostPort {
  private HostPort() {}

  /// Reads `HOST:PORT` or `PORT`; the host is loopback where none is named.
  public static InetSocketAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
    try {
      return new InetSocketAddress(
          host.replaceAll("^\\[|]$", ""), Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an address: " + text + "; say 127.0.0.1:9100", e);
    }
  }

  /// As it is written.
  public static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
