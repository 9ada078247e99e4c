package io.salvor.cli.wire;

import java.security.Provider;
import javax.net.ssl.SSLContext;

/// Stands where the JVM has its default for TLS, which the command never speaks to a server. gRPC's
/// transport asks that default for its provider even so, and Java's own would first read every
/// certificate that it trusts: longer than a command may take.
final class NoTls extends SSLContext {
  private NoTls() {
    super(null, new Nothing(), "none");
  }

  /// Sets it, for the whole JVM.
  static void install() {
    setDefault(new NoTls());
  }

  private static final class Nothing extends Provider {
    private static final long serialVersionUID = 1L;

    Nothing() {
      super("Nothing", "1", "provides nothing");
    }
  }
}
