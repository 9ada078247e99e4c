package io.salvor.offhost;

/// A place on another host did not do what it was asked.
public final class RemoteFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean passing;
  private final String hint;

  private RemoteFailed(String message, boolean passing, String hint, Throwable cause) {
    super(message, cause);
    this.passing = passing;
    this.hint = hint;
  }

  /// It may go better later.
  static RemoteFailed passing(String message, Throwable cause) {
    return new RemoteFailed(message, true, "look whether the other host can be reached", cause);
  }

  /// Somebody has to do something first.
  ///
  /// @param hint what
  static RemoteFailed lasting(String message, String hint, Throwable cause) {
    return new RemoteFailed(message, false, hint, cause);
  }

  /// Whether it may go better later by itself.
  public boolean isPassing() {
    return passing;
  }

  /// What the operator can do.
  public String hint() {
    return hint;
  }
}
