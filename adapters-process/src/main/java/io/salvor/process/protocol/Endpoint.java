package io.salvor.process.protocol;

import java.net.URI;

/// Names the host that an agent speaks to.
final class Endpoint {
  private Endpoint() {}

  /// Host and port of `url`, without user, password and path; empty where it has none.
  static String of(String url) {
    try {
      URI uri = URI.create(url);
      String host = uri.getHost() == null ? "" : uri.getHost();
      return uri.getPort() < 0 ? host : host + ":" + uri.getPort();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
