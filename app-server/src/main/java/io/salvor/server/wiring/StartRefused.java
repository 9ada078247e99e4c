package io.salvor.server.wiring;

/// The server may not start here and now. Nothing was changed.
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  StartRefused(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /// What the operator can do.
  public String hint() {
    return hint;
  }
}
