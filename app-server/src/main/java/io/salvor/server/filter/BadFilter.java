package io.salvor.server.filter;

/// A filter or an order that cannot be meant; the message says what would do.
public final class BadFilter extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadFilter(String message) {
    super(message);
  }

  /// What is wrong.
  public String what() {
    return String.valueOf(getMessage());
  }
}
